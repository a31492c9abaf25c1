"""Whose words a material holds: the applicant's own form, papers of others about it, or papers of somebody else."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ingest.materials import Material

_HEAD = 120  # characters at the top of a material in which its title stands
_TITLE = 12  # characters that may follow the name of an organisation in the title of its own paper
_FORM = re.compile(r"申报书|申报表|申请书|申请表|自评报告|自评表")
_OF_OTHERS = re.compile(
    r"合\s*同|协\s*议|审计|鉴证|证\s*明(?!材料)|证\s*书|执\s*照|鉴定|检测|检验|验收|查询|回执|发\s*票|批\s*复|批\s*准|通知书|登记|授权|评价报告|参保|缴费|用户意见|感谢信|表彰"
)
_BINDING = re.compile(r"合\s*同|协\s*议|制\s*度|办\s*法|规\s*定|规\s*程|规\s*范|承\s*诺|保证书|章\s*程")
_ORGANISATION = re.compile(
    r"[一-龥()（）]{3,30}?(?:有限责任公司|股份有限公司|有限公司|集团公司|研究总?院|研究所|大学|学院|协会|学会|商会|促进中心|研究中心|智库)"
)
_DOES = re.compile(
    r"[^,，。；;\n]{0,6}?(?:现有|拥有|建有|设有|设立|开展|承担|获得?|取得|自主|研发|完成|牵头|累计|成立|建成|建立|形成|组建|服务|提供|举办|培训|投入|通过)"
)
_SELF = re.compile(r"本|我|贵|该|甲方|乙方|申报|双方|与|和|为|由|向|对|经|同")


@dataclass(frozen=True, slots=True)
class Source:
    """What a material is as a witness. `form`: the applicant's statement of itself in the application form; `others`:
    somebody else's paper; `binding`: a contract, a set of rules, a pledge, where the measure's words are no mere copy;
    `stranger`: it says that it is of another organisation, and never names the applicant; `kinds`: the expected
    materials that it is."""

    material: Material
    kinds: tuple[str, ...]
    form: bool
    others: bool
    binding: bool
    stranger: bool


class Names:
    """The names of the applicant and of those who apply with it; () when unknown."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = tuple(name for name in names if len(name) >= 4)

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        """Any of the names, with one character wrong: a slip of the pen or of recognition."""
        wrong = [
            re.escape(name[:at]) + "." + re.escape(name[at + 1 :]) for name in self._names for at in range(len(name))
        ]
        return re.compile("|".join(wrong)) if wrong else None

    def named(self, text: str) -> bool:
        """Whether the text names one of them; also True when no name is known."""
        return self._pattern is None or bool(self._pattern.search("".join(text.split())))

    def another(self, sentence: str) -> bool:
        """Whether a sentence begins with another organisation, of which it tells what that has or did."""
        found = _ORGANISATION.match(sentence.lstrip("0123456789.、 \t（）()"))
        if found is None or self._pattern is None or _SELF.match(found[0]) or self._pattern.search(sentence):
            return False
        rest = sentence[sentence.index(found[0]) + len(found[0]) :]
        return bool(_DOES.match(rest))


def sources(
    materials: Sequence[Material],
    kinds: Mapping[str, Sequence[str]],
    *,
    names: Names,
    owners: Mapping[str, Collection[str]],
) -> Mapping[str, Source]:
    """The source of each material, by sha256. `kinds` are the expected materials that each is, `owners` the names in it
    that it gives as those of its own unit (单位名称, 承诺单位)."""
    return {
        material.sha256: _source(
            material, tuple(kinds.get(material.sha256, ())), names, owners.get(material.sha256, ())
        )
        for material in materials
        if material.sha256
    }


def _source(material: Material, kinds: tuple[str, ...], names: Names, owners: Collection[str]) -> Source:
    text = "\n".join(page.text for page in material.pages)
    title = f"{material.name.rsplit('/', 1)[-1].rsplit('.', 1)[0]}\n{text[:_HEAD]}\n{' '.join(kinds)}"
    first = text.lstrip().partition("\n")[0]
    form = any(_FORM.search(words) for words in (first, " ".join(kinds), title.partition("\n")[0]))
    headed = _ORGANISATION.match(first)
    of_others = bool(owners) or bool(headed and len(first) - headed.end() <= _TITLE)
    return Source(
        material,
        kinds,
        form=form,
        others=not form and bool(_OF_OTHERS.search(title)),
        binding=not form and bool(_BINDING.search(title)),
        stranger=of_others and not names.named(text),
    )
