"""A posting in schema.org's words, for search engines."""

from typing import Any

from fairs.clock import campus_day
from fairs.postings.content import Content
from fairs.postings.models import Posting, PostingPublication
from fairs.postings.rules import PostingKind

_TYPES = {
    PostingKind.JOB: "FULL_TIME",
    PostingKind.INTERNSHIP: "INTERN",
    PostingKind.TRAINEESHIP: "INTERN",
    PostingKind.FLEXIBLE: "OTHER",
    PostingKind.RESEARCH_ASSISTANT: "TEMPORARY",
    PostingKind.GRASSROOTS: "FULL_TIME",
}


def job_posting(
    posting: Posting, content: Content, publication: PostingPublication, url: str
) -> dict[str, Any]:
    """A JobPosting object (schema.org) of what the page shows."""
    data: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": content.title,
        "url": url,
        "directApply": False,
        "description": "\n".join((content.description, content.requirements, content.benefits)).strip(),
        "datePosted": campus_day(publication.from_at).isoformat(),
        "validThrough": publication.until_at.isoformat(),
        "employmentType": _TYPES[posting.kind],
        "totalJobOpenings": content.headcount,
        "hiringOrganization": {"@type": "Organization", "name": posting.hiring_employer.legal_name},
        "jobLocation": {
            "@type": "Place",
            "address": {"@type": "PostalAddress", "addressLocality": content.city, "addressCountry": "CN"},
        },
        "identifier": {"@type": "PropertyValue", "name": "posting", "value": posting.public_id},
    }
    if content.salary_min or content.salary_max:
        data["baseSalary"] = {
            "@type": "MonetaryAmount",
            "currency": "CNY",
            "value": {
                "@type": "QuantitativeValue",
                "unitText": "MONTH",
                "minValue": content.salary_min or content.salary_max,
                "maxValue": content.salary_max or content.salary_min,
            },
        }
    return data
