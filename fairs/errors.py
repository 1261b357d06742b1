"""Refusals: what the domain says no with, and the one sentence the user reads."""

from collections.abc import Mapping
from typing import Any


class Named(str):
    """A name with its English one ("" where there is none); the web edge says the one that the reader reads."""

    english: str

    def __new__(cls, name: str, english: str = "") -> "Named":
        made = super().__new__(cls, name)
        made.english = english
        return made


class Refusal(Exception):
    """The domain declines an intention.

    ``code`` is stable and machine-readable, ``sentence`` is a message id in simplified Chinese (translated by
    the web edge) that says what stands in the way and the way out, ``values`` fills its ``%(name)s`` places,
    ``status`` is the HTTP status of the answer, ``field`` the form field it belongs to, if any.
    """

    code = "refused"
    sentence = "这一步现在不能完成。"
    status = 409
    field: str | None = None

    def __init__(self, sentence: str | None = None, *, field: str | None = None, **values: Any) -> None:
        self.values: Mapping[str, Any] = values
        if sentence is not None:
            self.sentence = sentence
        if field is not None:
            self.field = field
        super().__init__(self.sentence % self.values if self.values else self.sentence)


class NotFound(Refusal):
    """The thing does not exist, or exists for another university: the two are never told apart."""

    code = "not_found"
    sentence = "没有找到您要的内容。"
    status = 404


class Forbidden(Refusal):
    """The person is known here but this is not theirs to do."""

    code = "forbidden"
    sentence = "您没有进行这项操作的权限。"
    status = 403


class Conflict(Refusal):
    """Somebody else was first, or the data changed since it was shown."""

    code = "conflict"
    sentence = "内容刚刚被其他人更新，请刷新页面后再试。"


class Invalid(Refusal):
    """The input cannot be accepted as it is; ``field`` says where."""

    code = "invalid"
    sentence = "填写的内容有误，请检查。"
    status = 422
