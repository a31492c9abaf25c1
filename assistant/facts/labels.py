"""What fields are called in licences, forms and contracts: each label → the role that a fact has by it.

The labels are those of 营业执照 (市场监管总局 2018 版), 事业单位法人证书, 社会团体法人登记证书, of usual forms of
application and of contracts. Labels are written in one width and without spaces.
"""

from collections.abc import Mapping

APPLICANT = "申报单位"
"""The role of names and codes that a paper gives as those of the applicant itself"""
LEAD = "牵头单位"
"""The role of names that words of a joint application call the leading applicant"""
PARTNER = "联合申报单位"
"""The role of names of partners of a joint application; it begins the roles of what is told of them"""
PARTY = "联合体成员"
"""The role of the parties to an agreement to apply together, the leading one among them"""
MENTIONED = "提及"
"""The role of names that a paper mentions without saying whose they are"""
CLOSING = "落款"
"""The role of a name that closes a paper"""
LISTED = "服务对象"
"""The role of names in a column of clients or partners"""
REGISTERED = ("住所", "注册地址")
"""The roles of addresses that claim to be the registered one"""
BUSINESS = "经营场所"
LEASED = "租赁房屋"
SITE = "所在地"
CAPITAL = "注册资本"
ESTABLISHED = "成立日期"
SIGNED_ON = "签署日期"
VALID_UNTIL = "有效期至"
ENDS = "期限止"
BEGINS = "期限起"


def _labels(groups: Mapping[str, str]) -> dict[str, str]:
    return {word: role for role, words in groups.items() for word in words.split()}


OWN_NAMES: Mapping[str, str] = _labels(
    {
        APPLICANT: """
            单位名称 企业名称 机构名称 申报单位 申报单位名称 申请单位 申请单位名称 申报主体 申报主体名称 申报企业
            申报企业名称 申报机构 企业(单位)名称 单位(企业)名称 申报单位全称 单位全称 企业全称 法人名称 法人单位名称
            名称 承诺单位 承诺单位名称 承诺人 填报单位 牵头单位 牵头单位名称 牵头申报单位 依托单位 依托单位名称
            主申报单位 主申报单位名称 第一申请单位 第一申报单位名称 申报牵头单位 牵头企业 牵头方 牵头申请单位
            主要申报单位 牵头申报单位名称 牵头机构 牵头企业名称
            建设单位 单位 企业 公司名称 学校名称 院校名称 主体名称 纳税人名称 缴费单位 参保单位 参保单位名称 编制单位
            报送单位 用人单位 被查询单位 被查询主体 报告主体 公司(盖章) 市场主体名称 申报人 申请人 单位名称(中文)
            中文名称 著作权人 专利权人 完成单位 第一申报单位 投标人 投标人名称 响应人 响应人名称 供应商名称 申请人名称
            协会名称 学会名称 商会名称 研究院名称 研究所名称 学院名称 大学名称 中心名称 所名 校名 院名 社名 合作社名称
            组织名称 社会组织名称 事业单位名称 机构全称 全称 登记名称 注册名称 单位名 主体全称 主体名称 申报主体全称
            申报方 申请方 参评单位 被审计单位 被评价单位 获证组织 获证单位 持证单位 applicant nameofapplicant
            applicantname
            companyname nameofcompany organization organizationname name company
        """,
    }
)
JOINT: Mapping[str, str] = _labels(
    {
        PARTNER: """
            联合申报单位 联合申报单位名称 联合申请单位 共同申报单位 合作申报单位 联合单位 联合申报方 联合体成员
            联合体成员单位 联合申报企业 参与申报单位 共同申请单位 第二申报单位 联合体单位
            联合单位名称 联合企业 联合企业名称 联合方 第二申请单位 共同申报单位名称 第二申报单位名称 协作申报单位
            配合申报单位 联合申报机构 联合机构
        """,
    }
)
_OTHERS = """
        甲方 乙方 丙方 丁方 委托方 受托方 委托人 受托人 委托单位 受托单位 出租方 承租方 出租人 承租人 发包方 承包方
        发包人 承包人 买方 卖方 需方 供方 采购方 采购人 供应商 中标人 中标单位 服务方 服务商 客户 客户名称 客户单位
        用户单位 用户名称 用户 服务对象 合作单位 合作方 合作单位名称 举办单位 主管单位 业务主管单位 登记机关
        登记管理机关 发证机关 发证单位 审计机构 会计师事务所 审计单位 组织鉴定单位 鉴定单位 推荐单位 主管部门 推荐部门
        证明单位 开户银行 开户行 出具单位 监测单位 检测机构 收款单位 付款单位 服务企业 企业名称(服务对象)
        受益企业 授权方 被授权方 查询机构 评估机构 收件人 发证部门
"""
OTHER_NAMES: Mapping[str, str] = {word: word for word in _OTHERS.split()}
CODES: Mapping[str, str] = _labels(
    {
        APPLICANT: """
            统一社会信用代码 社会信用代码 信用代码 统一信用代码 统一代码 单位代码 统一社会信用代码(注册号)
            统一社会信用代码/注册号 统一社会信用代码证号 纳税人识别号 统一社会信用代码或组织机构代码 代码 机构代码
            登记证号
            unifiedsocialcreditcode uscc socialcreditcode creditcode
        """,
    }
)
PEOPLE: Mapping[str, str] = _labels(
    {
        "法定代表人": """
            法定代表人 法定代表人姓名 法人代表 法人代表姓名 法人 法定代表人(负责人) 法定代表人/负责人 单位法人
            法人姓名
            法定代表人(会长) 会长(法定代表人) 法定代表人(院长) 院长(法定代表人) 法定代表人(校长) 校长(法定代表人)
            法定代表人(所长) 所长(法定代表人) 法定代表人(理事长) 理事长(法定代表人) 负责人(法定代表人) 企业法人
            legalrepresentative legal_representative legalperson
        """,
        "负责人": """
            单位负责人 主要负责人 执行事务合伙人 负责人 会长 院长 校长 所长 理事长 社长 机构负责人 企业负责人
        """,
    }
)
ADDRESSES: Mapping[str, str] = _labels(
    {
        "住所": """
            住所 法定住所 企业住所 公司住所 机构住所 单位住所 主要办事机构所在地 住址 法人住所 所址 会址 校址 院址
            社址
            registeredaddress registered_address registeredoffice
        """,
        "注册地址": """
            注册地址 注册地 注册地点 注册住所 登记住所 登记地址 单位注册地 单位注册地址 工商注册地址 企业注册地址
            公司注册地址 工商注册地 注册登记地址 注册所在地
        """,
        BUSINESS: """
            经营场所 营业场所 主要经营场所 经营地址 经营地 生产经营地址 生产经营场所 实际经营地址 实际经营场所
            实际经营地 运营地址 运营场所 实际运营地址 在青运营地址 在青运营场所 经营地点 营业地址 主要经营地 办公地址
            办公场所 办公地点 办公地 实际办公地址 主要办公地址 服务场所 服务地址 运营地点 场所地址 办公场所地址
            经营场所地址
        """,
        "通讯地址": """
            通讯地址 通信地址 联系地址 邮寄地址 单位地址 企业地址 公司地址 地址 详细地址 学校地址 协会地址 机构地址
            address
        """,
        LEASED: """
            房屋坐落 房屋座落 坐落 座落 房屋地址 租赁地址 租赁房屋坐落 租赁房屋地址 房屋坐落地址 租赁物坐落 租赁场所
            地点 租赁地点 房屋地点 房屋位置 房屋坐落位置 租赁房屋位置 出租房屋坐落 不动产坐落 房产坐落 场地地址 场地坐落
        """,
    }
)
DATES: Mapping[str, str] = _labels(
    {
        ESTABLISHED: """
            成立日期 成立时间 注册日期 设立日期 注册时间 成立登记日期 设立登记日期 注册成立时间 注册登记日期
            登记成立日期
        """,
        SIGNED_ON: """
            日期 签订日期 签署日期 签约日期 签字日期 承诺日期 填表日期 填报日期 申报日期 申请日期 签订时间 签署时间
            填报时间 申报时间 盖章日期 落款日期 签章日期
            提交日期 提交时间 报送日期 上报日期 填写日期 编制日期 签名日期 承诺时间 填表时间 签字时间 申请时间
        """,
        VALID_UNTIL: """
            有效期 有效期限 有效期至 证书有效期 证书有效期限 有效期截止日期 有效期间 有效日期 有效截止日期 到期日期
        """,
        "营业期限": """
            营业期限 经营期限
        """,
        "发证日期": """
            发证日期 登记日期 核准日期 颁发日期 发证时间
        """,
        "查询日期": """
            查询时间 查询日期 打印时间 打印日期 下载时间
        """,
        ENDS: """
            租赁期限 服务期限 合同期限 合作期限 租赁期 服务期 履行期限 合同履行期限 协议期限 项目周期 起止日期
            起止时间 项目起止时间
        """,
    }
)
CAPITALS: Mapping[str, str] = _labels(
    {
        CAPITAL: """
            注册资本 注册资金 开办资金 开办经费 出资额 注册资本(开办资金) 注册资金(开办资金) 开办资金(注册资本)
            出资总额
        """,
    }
)
_ENDS = """
    类型 经营范围 宗旨和业务范围 业务范围 联系人 联系电话 电话 手机 邮箱 电子邮箱 传真 邮编 邮政编码 单位类型 企业类型
    主体类型 单位性质 申报单位类型 备注 活动地域 注册号 证书编号 证书号 身份证号 合同编号 合同金额 服务内容 项目名称
    员工人数 职工人数 专职人员 人员学历 类别 性质 单位类别 机构类别 机构类型 机构性质 申报类型 申报类别 申报主体类型
    产业领域 申报产业领域 领域 职务 上级
"""
ALL: Mapping[str, str] = {
    **dict.fromkeys(_ENDS.split(), ""),
    **OTHER_NAMES,
    **DATES,
    **CAPITALS,
    **ADDRESSES,
    **PEOPLE,
    **CODES,
    **JOINT,
    **OWN_NAMES,
}
"""Every label, also those that only end the value before them"""
