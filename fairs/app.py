"""The application factory: settings, database, edges, the list of blueprints."""

from flask import Blueprint, Flask
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from fairs import api, cli, config, health
from fairs.accounts import access
from fairs.accounts import views as accounts
from fairs.administration import views as administration
from fairs.allocation import models as _allocation_models
from fairs.allocation import views as allocation
from fairs.audit import models as _audit_models
from fairs.audit import views as audit
from fairs.calendars import models as _calendars_models
from fairs.calendars import views as calendars
from fairs.checkin import models as _checkin_models
from fairs.checkin import views as checkin
from fairs.database import attach, db, prepare
from fairs.docking import views as docking
from fairs.employers import import_views as employer_imports
from fairs.employers import views as employers
from fairs.exhibitors import views as exhibitors
from fairs.files import views as files
from fairs.files.rules import LARGEST
from fairs.guidance import models as _guidance_models
from fairs.guidance import views as guidance
from fairs.home import navigation
from fairs.home import views as home
from fairs.invitations import views as invitations
from fairs.joint import models as _joint_models
from fairs.joint import views as joint
from fairs.livestreams import models as _livestreams_models
from fairs.livestreams import views as livestreams
from fairs.messages import models as _messages_models
from fairs.messages import views as messages
from fairs.onsite import models as _onsite_models
from fairs.onsite import views as onsite
from fairs.operations import models as _operations_models
from fairs.operations import standing_views as standings
from fairs.operations import views as operations
from fairs.outcomes import models as _outcomes_models
from fairs.outcomes import views as outcomes
from fairs.postings import models as _postings_models
from fairs.postings import views as postings
from fairs.privacy import models as _privacy_models
from fairs.privacy import views as privacy
from fairs.profiles import models as _profiles_models
from fairs.profiles import views as profiles
from fairs.programmes import views as programmes
from fairs.protection import models as _protection_models
from fairs.protection import views as protection
from fairs.registrations import models as _registrations_models
from fairs.registrations import views as registrations
from fairs.safety import views as safety
from fairs.season import views as season
from fairs.students import models as _students_models
from fairs.students import views as students
from fairs.tasks import models as _tasks_models
from fairs.tasks import views as tasks
from fairs.venues import models as _venues_models
from fairs.venues import views as venues
from fairs.vetting import models as _vetting_models
from fairs.vetting import views as vetting
from fairs.web import headers, input, language, refusals, translations
from fairs.workdays import models as _workdays_models

BLUEPRINTS: tuple[Blueprint, ...] = (
    health.bp,
    accounts.bp,
    home.bp,
    api.bp,
    administration.bp,
    *administration.IMPORTS,
    allocation.bp,
    audit.bp,
    calendars.bp,
    checkin.bp,
    docking.bp,
    employers.bp,
    employer_imports.bp,
    exhibitors.bp,
    files.bp,
    guidance.bp,
    joint.bp,
    invitations.bp,
    livestreams.bp,
    messages.bp,
    onsite.bp,
    operations.bp,
    outcomes.bp,
    postings.bp,
    privacy.bp,
    profiles.bp,
    programmes.bp,
    protection.bp,
    registrations.bp,
    safety.bp,
    season.bp,
    standings.bp,
    students.bp,
    tasks.bp,
    venues.bp,
    vetting.bp,
)
"""Every blueprint; which URLs each has stands in its views."""

TABLES = (
    _allocation_models,
    _audit_models,
    _calendars_models,
    _checkin_models,
    _guidance_models,
    _joint_models,
    _livestreams_models,
    _messages_models,
    _onsite_models,
    _outcomes_models,
    _operations_models,
    _postings_models,
    _privacy_models,
    _profiles_models,
    _protection_models,
    _registrations_models,
    _students_models,
    _tasks_models,
    _venues_models,
    _vetting_models,
    _workdays_models,
)
"""Imported so that every table is known to the migrations."""

csrf = CSRFProtect()


def create_app(settings: config.Settings | None = None) -> Flask:
    """The application for ``settings`` (read from the environment by default)."""
    settings = settings or config.read()
    config.use(settings)
    app = Flask(
        "fairs",
        root_path=str(config.ROOT / "fairs"),
        template_folder=str(config.ROOT / "templates"),
        static_folder=str(config.ROOT / "static"),
    )
    app.extensions["settings"] = settings
    _configure(app, settings)
    _install_database(app, settings)
    csrf.init_app(app)
    csrf.exempt(api.bp)  # programs bring their own token with each request
    translations.compile_into(settings.instance / "translations")
    for edge in (input, language, refusals, headers, access, navigation):
        edge.install(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    cli.install(app)
    return app


def _configure(app: Flask, settings: config.Settings) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["largest_file"] = LARGEST
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TESTING=settings.testing,
        MAX_CONTENT_LENGTH=12 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=2000,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        WTF_CSRF_TIME_LIMIT=8 * 3600,
        WTF_CSRF_SSL_STRICT=False,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )
    if settings.secure:  # behind a proxy that ends TLS
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]  # Flask's own way


def _install_database(app: Flask, settings: config.Settings) -> None:
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = prepare(settings)
    db.init_app(app)
    Migrate(app, db, directory=str(config.ROOT / "migrations"), render_as_batch=True)
    with app.app_context():
        attach(db.engine)
