"""Setting up universities and their parts."""

from fairs.database import db, transaction
from fairs.institutions.models import Campus, Department, Major, University


@transaction
def add_university(
    code: str, slug: str, name: str, *, phone: str, mail: str, name_en: str = ""
) -> University:
    """A new university; ``slug`` goes into every public URL and cannot change."""
    university = University(
        code=code, slug=slug, name=name, name_en=name_en, hotline_phone=phone, hotline_mail=mail
    )
    db.session.add(university)
    db.session.flush()
    return university


@transaction
def add_campus(university_id: int, name: str, address: str = "") -> Campus:
    """A new campus."""
    campus = Campus(university_id=university_id, name=name, address=address)
    db.session.add(campus)
    db.session.flush()
    return campus


@transaction
def add_department(university_id: int, code: str, name: str) -> Department:
    """A new department."""
    department = Department(university_id=university_id, code=code, name=name)
    db.session.add(department)
    db.session.flush()
    return department


@transaction
def add_major(department_id: int, national_code: str, name: str) -> Major:
    """A new major of a department."""
    major = Major(department_id=department_id, national_code=national_code, name=name)
    db.session.add(major)
    db.session.flush()
    return major


@transaction
def set_hotline(university_id: int, phone: str, mail: str) -> None:
    """Change the hotline in every footer (S126)."""
    university = db.session.get_one(University, university_id)
    university.hotline_phone, university.hotline_mail = phone, mail
