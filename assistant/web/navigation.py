"""The links between the pages."""

from typing import Literal

from markupsafe import Markup

Place = Literal["chat", "screening", "selfcheck", "drafting", "deadline"]
_PAGES: tuple[tuple[Place, str, str], ...] = (
    ("chat", "/", "政策问答"),
    ("screening", "/screening", "材料预审"),
    ("selfcheck", "/selfcheck", "申报自查"),
    ("drafting", "/drafting", "意见起草"),
    ("deadline", "/deadline", "期限推算"),
)


def navigation(here: Place) -> str:
    """All pages by name, the present one marked."""
    links = Markup("").join(
        Markup('<a href="{}"{}>{}</a>').format(path, Markup(' aria-current="page"') if key == here else "", name)
        for key, path, name in _PAGES
    )
    return Markup('<nav aria-label="页面">{}</nav>').format(links)
