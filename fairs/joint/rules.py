"""When a posting of a joint fair may be signed by a taking-part university too (S17)."""

from fairs.errors import Invalid, Refusal


class CosignOff(Refusal):
    """The lead has not asked the other universities to sign."""

    code = "cosign_off"
    sentence = "牵头学校没有为这场活动开启岗位会签。需要会签时，请与牵头学校联系。"


class NotBrought(Refusal):
    """The posting is not, or no longer, among those brought to the fair."""

    code = "not_brought"
    sentence = "这个岗位已不在本场活动中，请刷新页面。"


class WithdrawalReasonMissing(Invalid):
    """A university leaves a joint event without a word of why: students are told the reason."""

    code = "withdrawal_reason_missing"
    sentence = "请写明退出的原因，原因会告知已预约的学生。"
    field = "reason"


def check_cosign(*, co_signing: bool, brought: bool) -> None:
    """Raises CosignOff, NotBrought unless the fair asks for it and the posting is brought there."""
    if not co_signing:
        raise CosignOff
    if not brought:
        raise NotBrought


def check_withdrawal(reason: str) -> str:
    """The reason as it is told. Raises WithdrawalReasonMissing."""
    if not reason.strip():
        raise WithdrawalReasonMissing
    return reason.strip()
