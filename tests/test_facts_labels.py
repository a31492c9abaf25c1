"""Labels joined by a slash or in brackets, and codes with one character in each cell."""

import pytest

from tests.facts_fakes import ADDRESS, CODE, NAME, values


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        (f"申报书\n单位名称/统一社会信用代码\t{NAME}/{CODE}", "name", NAME),
        (f"申报书\n名称/代码：{NAME} / {CODE}", "uscc", CODE),
        ("申报书\n法定代表人/联系电话\t王示例/13800000000", "legal_representative", "王示例"),
        (f"申报书\n(单位名称){NAME}", "name", NAME),
        ("申报书\n（法定代表人）王示例", "legal_representative", "王示例"),
        (f"申报书\n（住所）{ADDRESS}", "address", ADDRESS),
        ("申报书\n统一社会信用代码\t" + "\t".join(CODE), "uscc", CODE),
        ("申报书\n统一社会信用代码 " + " ".join(CODE), "uscc", CODE),
    ],
)
def test_a_field_is_read_however_its_label_is_written(text: str, kind: str, value: str) -> None:
    assert [one for one, _ in values(text, kind)] == [value]


def test_recognised_fields_that_run_together_are_parted() -> None:
    text = "写字间租约\n地点:青岛市市南区示例香港西路51号1207面积:138平方米"
    assert values(text, "address") == [("青岛市市南区示例香港西路51号1207", "租赁房屋")]
