"""Pages of joint fairs: the lead's, and a taking-part university's."""

from fairs.joint.views import lead, partner
from fairs.joint.views.blueprint import bp

__all__ = ["bp", "lead", "partner"]
