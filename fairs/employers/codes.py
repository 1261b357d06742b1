"""The unified social credit code: read as typed, and what is wrong with it (GB 32100, P9). Pure."""

import unicodedata

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from fairs.errors import Invalid

USCC_LENGTH = 18


class UsccInvalid(Invalid):
    """The code's check character does not fit (GB 32100, P9): form only, not existence."""

    code = "uscc_invalid"
    sentence = "统一社会信用代码不正确：应为 18 位，请对照营业执照逐位核对。"
    field = "uscc"


class UsccMissing(UsccInvalid):
    """Nothing was typed."""

    code = "uscc_missing"
    sentence = "请填写统一社会信用代码。没有代码的单位，请勾选下面的选项并说明原因。"


class UsccLength(UsccInvalid):
    """Too short or too long."""

    code = "uscc_length"
    sentence = "统一社会信用代码应为 18 位，您填写了 %(count)s 位。"


class UsccMistyped(UsccInvalid):
    """Eighteen characters that do not belong together."""

    code = "uscc_mistyped"
    sentence = "统一社会信用代码中有一位或几位不对，请对照营业执照逐位核对。"


def clean_uscc(typed: str) -> str:
    """The 18-character code, upper case without spaces.

    Raises UsccMissing, UsccLength or UsccMistyped, all UsccInvalid (P9).
    """
    text = str(uscc.compact(unicodedata.normalize("NFKC", typed).upper()))
    try:
        return str(uscc.validate(text))
    except ValidationError as error:
        if not text:
            raise UsccMissing from error
        if len(text) != USCC_LENGTH:
            raise UsccLength(count=len(text)) from error
        raise UsccMistyped from error
