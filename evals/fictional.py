"""Words of fictional applications: every company, person and number in them is made up."""

from dataclasses import dataclass

import numpy as np

_PLACES = ("青岛市崂山区松岭路", "青岛市市南区香港中路", "青岛市黄岛区长江西路", "青岛市城阳区正阳路", "胶州市北京东路")
_NAMES = ("海岳智造", "云帆数科", "蓝谷工联", "鲁屿信息", "琴岛云图", "瀚澜智能", "崂岳软件", "即墨数链", "橡融科技")
_TRADES = (
    "橡胶轮胎",
    "纺织服装",
    "食品饮料",
    "智能家电",
    "轨道交通装备",
    "船舶海工",
    "精细化工",
    "港口物流",
    "生物医药",
)
_PEOPLE = ("赵虚构", "钱虚构", "孙虚构", "李虚构", "周虚构")
_SYSTEMS = ("MES", "ERP", "WMS", "PLM", "SCADA", "CRM", "5G+工业互联网", "AI视觉质检", "数字孪生")
_HEADINGS = {"prose": "申报单位基本情况说明", "list": "近三年数字化转型服务项目清单", "form": "赋能中心申报书(虚构)"}


@dataclass(frozen=True, slots=True)
class Applicant:
    """A made-up company; amounts in 万元."""

    name: str
    code: str
    place: str
    person: str
    telephone: str
    founded: str
    trade: str
    capital: int
    revenue: float


def applicant(chance: np.random.Generator) -> Applicant:
    digits = "".join(chance.choice(list("0123456789ABCDEFGHJKLMNPQRTUWXY"), 9))
    year, month, day = chance.integers(1998, 2021), chance.integers(1, 13), chance.integers(1, 29)
    return Applicant(
        name=f"青岛{chance.choice(_NAMES)}有限公司(虚构)",
        code=f"91370200MA{digits[:8]}",
        place=f"{chance.choice(_PLACES)}{chance.integers(1, 999)}号{chance.integers(1, 20)}号楼"
        f"{chance.integers(101, 2400)}室",
        person=str(chance.choice(_PEOPLE)),
        telephone=f"0532-{chance.integers(10000000, 99999999)}",
        founded=f"{year}年{month}月{day}日",
        trade=str(chance.choice(_TRADES)),
        capital=int(chance.integers(5, 300)) * 100,
        revenue=float(chance.integers(50000, 9999999)) / 100,
    )


def heading(kind: str) -> str:
    return _HEADINGS[kind]


def form(facts: Applicant) -> list[list[str]]:
    return [
        ["单位名称", facts.name],
        ["统一社会信用代码", facts.code],
        ["注册地址", facts.place],
        ["法定代表人", f"{facts.person}(虚构)"],
        ["联系电话", facts.telephone],
        ["成立日期", facts.founded],
        ["注册资本", f"{facts.capital}万元人民币"],
        ["上年度营业收入", f"{facts.revenue:,.2f}万元"],
        ["主要服务行业", facts.trade],
        ["电子邮箱", f"apply{facts.capital}@example.com"],
    ]


def projects(chance: np.random.Generator) -> list[list[str]]:
    rows = [["序号", "项目名称", "合同金额(万元)", "签订日期"]]
    for number in range(1, int(chance.integers(6, 14))):
        name = f"{chance.choice(_TRADES)}{chance.choice(_SYSTEMS)}改造"
        amount = f"{chance.integers(1000, 9999999) / 100:,.2f}"
        day = f"{chance.integers(2019, 2022)}-{chance.integers(1, 13):02d}-{chance.integers(1, 29):02d}"
        rows.append([str(number), name, amount, day])
    return rows


def prose(facts: Applicant, chance: np.random.Generator) -> list[str]:
    """Paragraphs in a drawn order; more than fill a page."""
    some = [int(number) for number in chance.integers(3, 97, 12)]
    system, other = chance.choice(_SYSTEMS, 2, replace=False)
    paragraphs = [
        f"{facts.name}成立于{facts.founded}，统一社会信用代码为{facts.code}，注册资本{facts.capital}万元，注册地址为{facts.place}，"
        f"法定代表人{facts.person}，是一家专业从事{facts.trade}行业数字化转型服务的高新技术企业。",
        f"截至申报之日，公司共有员工{some[0] * 4}人，其中研发人员{some[0]}人，占比25%；"
        f"拥有发明专利{some[1]}项、软件著作权{some[2]}项，"
        f"通过ISO 9001质量管理体系和ISO/IEC 27001信息安全管理体系认证。",
        f"近三年，公司围绕{facts.trade}产业链，"
        f"累计为{some[3] + 100}家企业提供{system}、{other}等系统的规划、实施与运维服务，"
        f"合同总额{facts.revenue:,.2f}万元，客户满意度达{some[4] / 10 + 90:.1f}%。",
        f"2020年度实现营业收入{facts.revenue:.2f}万元，同比增长{some[5]}.{some[6] % 10}%；"
        f"研发投入{facts.revenue * 0.08:.2f}万元，"
        "占营业收入的8%。上述数据已经会计师事务所审计，审计报告见附件三。",
        "赋能中心设在自有办公场所内，面积约1,200平方米，设有展示体验区、诊断咨询区、培训交流区和公共技术平台，"
        "能够同时接待80人参观学习，并免费向中小企业开放。",
        f"建设期内，中心计划投入资金{some[7] * 10}万元，其中设备购置{some[7] * 4}万元、"
        f"软件开发{some[7] * 5}万元、人员培训{some[7]}万元，"
        "资金来源为企业自筹，不存在重复申报财政资金的情形。",
        "本单位承诺：所提交的全部材料真实、合法、有效，复印件与原件一致；近三年内未发生重大安全、环保、质量事故，"
        "未被列入严重失信主体名单。如有不实，愿意承担由此产生的一切法律责任。",
        f"联系人：{facts.person}；联系电话：{facts.telephone}；电子邮箱：service{some[8]}@example.com；通讯地址：{facts.place}。",
        "中心聚焦“研发设计、生产制造、经营管理、市场营销、售后服务”等环节，形成了可复制、可推广的典型案例，"
        "先后在橡胶、家电、服装等行业召开现场推进会，取得了较好的示范带动效应。",
        f"根据《青岛市重点产业数字化转型赋能中心管理办法(试行)》第七条的规定，我公司具备独立法人资格，经营状况良好，"
        f"具有较强的行业影响力，已与{some[9]}所高校、{some[10] % 9 + 1}家科研院所签订战略合作协议。",
        "下一步，中心将健全运行机制，完善“诊断—规划—实施—评估”闭环服务体系，培育一批懂技术、熟行业、会管理的复合型人才，"
        "力争到2025年服务企业超过500家，带动上云用云3,000家次。",
        f"附件：1.营业执照副本；2.法定代表人身份证明；3.审计报告；4.房屋租赁合同；5.典型案例{some[11]}个；6.真实性承诺书。",
    ]
    return [paragraphs[int(place)] for place in chance.permutation(len(paragraphs))]
