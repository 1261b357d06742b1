"""What people do on duty at an event (P20, P24)."""

from enum import StrEnum


class Duty(StrEnum):
    """A kind of duty; rows of earlier days may hold other words."""

    LEAD = "lead"
    DOOR = "door"
    SECURITY = "security"
    STEWARD = "steward"
    FIRST_AID = "first_aid"
    FIRE = "fire"
    COMPLAINTS = "complaints"
    VEHICLES = "vehicles"
    INFORMATION = "information"


DUTY_LABELS = {
    Duty.LEAD: "现场总负责",
    Duty.DOOR: "入口检票",
    Duty.SECURITY: "安检",
    Duty.STEWARD: "场内引导",
    Duty.FIRST_AID: "医疗救护",
    Duty.FIRE: "消防巡查",
    Duty.COMPLAINTS: "投诉受理处",
    Duty.VEHICLES: "车辆引导",
    Duty.INFORMATION: "咨询服务台",
}


def duty_words(duty: str) -> str:
    """A duty in words (a message id); one without a kind is shown as it was written."""
    known = {one.value: label for one, label in DUTY_LABELS.items()}
    return known.get(duty, duty)
