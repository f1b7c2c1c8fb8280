"""Who gets what: every URL there is, asked by nobody, the runner whose log it is, a stranger and a curator."""

import copy
import os
import subprocess
import sys

import pytest
from django.contrib.admin import site
from django.db import transaction
from django.test import Client
from django.utils.csp import CSP

from backpain.accounts.roles import RIGHTS, Role
from tests.conftest import NOON, signed_in
from tests.factories import appointed
from tests.pages import address, fill_log, url_names

# "login" and "welcome" are redirects to these pages; what is posted makes no sense to any form.
# The curator has not consented to anything, so the pages of the log are closed to her.
#                                                GET nobody, runner, stranger, curator | POST the same
TABLE = """
accept_move                                      login 405   405   welcome | login 302   404   welcome
add_shoe                                         login 405   405   welcome | login 422   422   welcome
advice                                           login 200   404   welcome | login 405   405   welcome
advice_log                                       login 200   200   welcome | login 405   405   welcome
api_advice                                       401   401   401   401     | 405   405   405   405
api_advice_log                                   401   401   401   401     | 405   405   405   405
api_advice_of_day                                401   401   401   401     | 405   405   405   405
api_check_in                                     401   401   401   401     | 405   405   405   405
api_check_ins                                    401   401   401   401     | 401   401   401   401
api_help                                         200   200   200   200     | 405   405   405   405
api_nowhere                                      404   404   404   404     | 404   404   404   404
api_openapi                                      200   200   200   200     | 405   405   405   405
api_run                                          401   401   401   401     | 405   405   405   405
api_runs                                         401   401   401   401     | 401   401   401   401
api_session                                      401   401   401   401     | 405   405   405   405
api_sessions                                     401   401   401   401     | 401   401   401   401
article                                          login 200   200   200     | login 405   405   405
ask_again                                        login 405   405   welcome | login 400   404   welcome
begin_gentle_days                                login 405   405   welcome | login 302   302   welcome
bring_back_tip                                   login 405   405   welcome | login 302   404   welcome
bring_back_shoe                                  login 405   405   welcome | login 302   404   welcome
care                                             login 200   404   welcome | login 422   404   welcome
chart                                            login 200   200   welcome | login 405   405   welcome
charts                                           login 200   200   welcome | login 405   405   welcome
check_in                                         login 200   404   welcome | login 422   404   welcome
decline_move                                     login 405   405   welcome | login 422   404   welcome
delete_entry                                     login 405   405   welcome | login 302   404   welcome
delete_shoe                                      login 405   405   welcome | login 422   404   welcome
end_token                                        login 405   405   welcome | login 302   404   welcome
end_gentle_days                                  login 405   405   welcome | login 302   302   welcome
erase_account                                    login 200   200   200     | login 422   422   422
exercise                                         login 200   200   200     | login 405   405   405
exercises                                        login 200   200   200     | login 405   405   405
export_account                                   login 200   200   200     | login 405   405   405
export_archive                                   login 200   200   200     | login 405   405   405
export_calendar                                  login 200   200   200     | login 405   405   405
export_fhir                                      login 200   200   200     | login 405   405   405
export_history                                   login 200   200   200     | login 405   405   405
export_table                                     login 200   200   200     | login 405   405   405
restore_file                                     login 200   200   welcome | login 422   422   welcome
restore                                          login 200   404   welcome | login 302   404   welcome
discard_restore                                  login 405   405   welcome | login 302   404   welcome
figures                                          login 200   200   200     | login 405   405   405
forget_scores                                    login 405   405   welcome | login 404   404   welcome
gentle_days                                      login 200   200   welcome | login 405   405   welcome
guided_session                                   login 200   200   welcome | login 405   405   welcome
healthz                                          200   200   200   200     | 405   405   405   405
history                                          login 200   200   welcome | login 405   405   welcome
import_files                                     login 200   200   welcome | login 422   422   welcome
import                                           login 200   404   welcome | login 405   405   welcome
choose_imported                                  login 405   405   welcome | login 302   404   welcome
confirm_import                                   login 405   405   welcome | login 302   404   welcome
discard_import                                   login 405   405   welcome | login 302   404   welcome
undo_import                                      login 200   404   welcome | login 302   404   welcome
learn                                            login 200   200   200     | login 405   405   405
log_care                                         login 200   200   welcome | login 422   422   welcome
log_check_in                                     login 200   200   welcome | login 422   422   welcome
log_outing                                       login 405   405   welcome | login 400   400   welcome
log_questionnaire                                login 200   200   welcome | login 422   422   welcome
log_rest                                         login 200   200   welcome | login 422   422   welcome
log_run                                          login 200   200   welcome | login 422   422   welcome
log_session                                      login 200   200   welcome | login 422   422   welcome
log_skipped_run                                  login 200   200   welcome | login 422   422   welcome
site_settings                                    login login login 403     | login login login 405
hindsight                                        login login login 200     | login login login 405
logging_time                                     login login login 403     | login login login 405
look_back                                        login 405   405   welcome | login 422   404   welcome
map_columns                                      login 200   404   welcome | login 422   404   welcome
manifest                                         200   200   200   200     | 405   405   405   405
missing_translations                             login login login 404     | login login login 405
morning                                          login 405   405   welcome | login 422   422   welcome
offline_check_in                                 200   200   200   200     | 405   405   405   405
offline_run                                      200   200   200   200     | 405   405   405   405
offline_session                                  200   200   200   200     | 405   405   405   405
outbox                                           200   200   200   200     | 405   405   405   405
outbox_token                                     200   200   200   200     | 405   405   405   405
plan                                             login 200   200   welcome | login 405   405   welcome
postpone_move                                    login 405   405   welcome | login 302   404   welcome
progress                                         login 200   200   welcome | login 405   405   welcome
put_off_tip                                      login 405   405   welcome | login 302   404   welcome
questionnaire                                    login 200   404   welcome | login 422   404   welcome
questionnaires                                   login 200   200   welcome | login 405   405   welcome
readyz                                           200   200   200   200     | 405   405   405   405
calendar                                         login 200   200   welcome | login 201   201   welcome
calendar_feed                                    200   200   200   200     | 405   405   405   405
remove_calendar                                  login 405   405   welcome | login 302   302   welcome
revoke_share                                     login 405   405   welcome | login 302   404   welcome
shared_report                                    200   200   200   200     | 200   200   200   200
shares                                           login 200   200   welcome | login 422   422   welcome
ask_for_pdf                                      login 405   405   welcome | login 422   422   welcome
report                                           login 200   200   welcome | login 405   405   welcome
report_options                                   login 200   200   welcome | login 405   405   welcome
report_pdf                                       login 200   404   welcome | login 405   405   welcome
report_pdf_file                                  login 200   404   welcome | login 405   405   welcome
effects                                          login 200   200   welcome | login 405   405   welcome
rest                                             login 200   404   welcome | login 422   404   welcome
restore_entry                                    login 405   405   welcome | login 302   404   welcome
retire_shoe                                      login 405   405   welcome | login 302   404   welcome
rules                                            login 200   200   200     | login 405   405   405
run                                              login 200   404   welcome | login 422   404   welcome
run_scores                                       login 200   404   welcome | login 422   404   welcome
run_walk                                         login 200   200   welcome | login 405   405   welcome
score_after                                      login 405   405   welcome | login 422   404   welcome
scores_asked                                     login 200   200   welcome | login 405   405   welcome
screening                                        login 200   404   welcome | login 422   404   welcome
service_worker                                   200   200   200   200     | 405   405   405   405
session                                          login 200   404   welcome | login 422   404   welcome
session_scores                                   login 200   404   welcome | login 422   404   welcome
settings                                         login 200   200   200     | login 422   422   422
shoe                                             login 200   404   welcome | login 422   404   welcome
shoes                                            login 200   200   welcome | login 405   405   welcome
skipped_run                                      login 200   404   welcome | login 422   404   welcome
start                                            login 200   200   welcome | login 422   422   welcome
start_run_walk                                   login 405   405   welcome | login 302   302   welcome
start_screening                                  login 200   200   welcome | login 422   422   welcome
stop_run_walk                                    login 405   405   welcome | login 302   302   welcome
today                                            200   200   200   welcome | 405   405   405   405
tokens                                           login 200   200   welcome | login 422   422   welcome
translations                                     login login login 200     | login login login 405
welcome                                          login 200   200   200     | login 422   422   422
when_to_get_help                                 200   200   200   200     | 405   405   405   405
withdraw_consent                                 login 200   200   200     | login 302   302   302
yours                                            login 200   200   welcome | login 405   405   welcome
account_change_password                          login 200   200   200     | login 200   200   200
account_confirm_email                            200   200   200   200     | 404   404   404   404
account_confirm_login_code                       login 302   302   302     | login 302   302   302
account_email                                    login 200   200   200     | login 302   302   302
account_email_verification_sent                  200   200   200   200     | 405   405   405   405
account_inactive                                 200   200   200   200     | 405   405   405   405
account_login                                    200   302   302   302     | 200   302   302   302
account_logout                                   302   200   200   200     | 302   302   302   302
account_reauthenticate                           login 200   200   200     | login 200   200   200
account_reset_password                           200   200   200   200     | 200   200   200   200
account_reset_password_done                      200   200   200   200     | 405   405   405   405
account_reset_password_from_key                  200   200   200   200     | 200   200   200   200
account_reset_password_from_key_done             200   200   200   200     | 405   405   405   405
account_set_password                             login 302   302   302     | login 302   302   302
account_signup                                   200   302   302   302     | 422   302   302   302
usersessions_list                                login 200   200   200     | login 302   302   302
admin:accounts_user_add                          login login login 403     | login login login 403
admin:accounts_user_change                       login login login 403     | login login login 403
admin:accounts_user_changelist                   login login login 403     | login login login 403
admin:accounts_user_delete                       login login login 403     | login login login 403
admin:accounts_user_history                      login login login 403     | login login login 403
admin:app_list                                   login login login 200     | login login login 200
admin:auth_group_add                             login login login 403     | login login login 403
admin:auth_group_change                          login login login 403     | login login login 403
admin:auth_group_changelist                      login login login 403     | login login login 403
admin:auth_group_delete                          login login login 403     | login login login 403
admin:auth_group_history                         login login login 403     | login login login 403
admin:autocomplete                               login login login 403     | login login login 405
admin:django_tasks_database_dbtaskresult_add     login login login 403     | login login login 403
admin:django_tasks_database_dbtaskresult_change  login login login 403     | login login login 403
admin:django_tasks_database_dbtaskresult_changelist login login login 403     | login login login 403
admin:django_tasks_database_dbtaskresult_delete  login login login 403     | login login login 403
admin:django_tasks_database_dbtaskresult_history login login login 302     | login login login 302
admin:exercises_article_add                      login login login 200     | login login login 200
admin:exercises_article_change                   login login login 200     | login login login 422
admin:exercises_article_changelist               login login login 200     | login login login 200
admin:exercises_article_delete                   login login login 403     | login login login 403
admin:exercises_article_edit                     login login login 405     | login login login 302
admin:exercises_article_history                  login login login 200     | login login login 200
admin:exercises_article_preview                  login login login 200     | login login login 405
admin:exercises_article_preview_page             login login login 200     | login login login 405
admin:exercises_article_publish                  login login login 405     | login login login 403
admin:exercises_article_restore                  login login login 405     | login login login 302
admin:exercises_article_review                   login login login 405     | login login login 403
admin:exercises_article_translate                login login login 404     | login login login 404
admin:exercises_exercise_add                     login login login 200     | login login login 200
admin:exercises_exercise_change                  login login login 200     | login login login 422
admin:exercises_exercise_changelist              login login login 200     | login login login 200
admin:exercises_exercise_delete                  login login login 403     | login login login 403
admin:exercises_exercise_edit                    login login login 405     | login login login 302
admin:exercises_exercise_export                  login login login 200     | login login login 405
admin:exercises_exercise_figure                  login login login 200     | login login login 422
admin:exercises_exercise_figure_draw             login login login 405     | login login login 403
admin:exercises_exercise_history                 login login login 200     | login login login 200
admin:exercises_exercise_import                  login login login 200     | login login login 422
admin:exercises_exercise_import_confirm          login login login 405     | login login login 422
admin:exercises_exercise_preview                 login login login 200     | login login login 405
admin:exercises_exercise_preview_page            login login login 200     | login login login 405
admin:exercises_exercise_publish                 login login login 405     | login login login 403
admin:exercises_exercise_restore                 login login login 405     | login login login 302
admin:exercises_exercise_review                  login login login 405     | login login login 403
admin:exercises_exercise_translate               login login login 404     | login login login 404
admin:exercises_ladder_add                       login login login 200     | login login login 200
admin:exercises_ladder_change                    login login login 200     | login login login 422
admin:exercises_ladder_changelist                login login login 200     | login login login 200
admin:exercises_ladder_delete                    login login login 403     | login login login 403
admin:exercises_ladder_edit                      login login login 405     | login login login 302
admin:exercises_ladder_history                   login login login 200     | login login login 200
admin:exercises_ladder_preview                   login login login 200     | login login login 405
admin:exercises_ladder_preview_page              login login login 200     | login login login 405
admin:exercises_ladder_publish                   login login login 405     | login login login 403
admin:exercises_ladder_restore                   login login login 405     | login login login 302
admin:exercises_ladder_review                    login login login 405     | login login login 403
admin:exercises_ladder_translate                 login login login 404     | login login login 404
admin:exercises_source_add                       login login login 200     | login login login 200
admin:exercises_source_change                    login login login 200     | login login login 200
admin:exercises_source_changelist                login login login 200     | login login login 200
admin:exercises_source_delete                    login login login 200     | login login login 200
admin:exercises_source_history                   login login login 200     | login login login 200
admin:exercises_source_restore                   login login login 405     | login login login 302
admin:index                                      login login login 200     | login login login 200
admin:jsi18n                                     login login login 200     | login login login 405
admin:login                                      login 403   403   302     | login 403   403   200
admin:logout                                     login 302   302   405     | login 302   302   302
admin:password_change                            login login login 200     | login login login 200
admin:password_change_done                       login login login 200     | login login login 405
admin:plan_ruleset_add                           login login login 200     | login login login 200
admin:plan_ruleset_bench                         login login login 200     | login login login 302
admin:plan_ruleset_change                        login login login 200     | login login login 200
admin:plan_ruleset_changelist                    login login login 200     | login login login 200
admin:plan_ruleset_delete                        login login login 200     | login login login 302
admin:plan_ruleset_history                       login login login 200     | login login login 200
admin:plan_ruleset_publish                       login login login 405     | login login login 422
admin:view_on_site                               login login login 404     | login login login 404
admin/(?P<url>.*)$                               login login login 404     | login login login 404
admin/accounts/user/<path:object_id>/            login login login 302     | login login login 302
admin/auth/group/<path:object_id>/               login login login 302     | login login login 302
admin/django_tasks_database/dbtaskresult/<path:object_id>/ login login login 302     | login login login 302
admin/exercises/article/<path:object_id>/        login login login 302     | login login login 302
admin/exercises/exercise/<path:object_id>/       login login login 302     | login login login 302
admin/exercises/ladder/<path:object_id>/         login login login 302     | login login login 302
admin/exercises/source/<path:object_id>/         login login login 302     | login login login 302
admin/plan/ruleset/<path:object_id>/             login login login 302     | login login login 302
"""
ROWS = {name: cells.split() for name, cells in (line.split(" ", 1) for line in TABLE.strip().splitlines())}
PEOPLE = ["nobody", "alice", "bob", "carol"]
REDIRECTS = {"/accounts/login/": "login", "/admin/login/": "login", "/welcome/": "welcome"}
VERBS = ["view", "add", "change", "delete", "publish"]
STRICT = {"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "base-uri": "'none'"}


@pytest.fixture
def carol(alice, at_noon):
    """A curator, beside a runner with a full log."""
    fill_log(alice, now=NOON)
    return appointed("carol", Role.CURATOR)


@pytest.fixture
def people(alice, bob, carol):
    return {"nobody": Client(), "alice": signed_in(alice), "bob": signed_in(bob), "carol": signed_in(carol)}


def answer(method, url, client):
    """Return the answer to one request; what it wrote, here and in the browser, is taken back."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        response = client.generic(method, url, "uuid=7", "application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def outcome(response):
    where = response.headers.get("Location", "").partition("?")[0]
    return REDIRECTS.get(where, str(response.status_code))


def test_every_url_has_a_row():
    assert set(ROWS) == url_names()


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_answers_as_the_table_says_and_keeps_strangers_code_and_caches_out(people, alice, method, person):
    cell = PEOPLE.index(person) + (5 if method == "POST" else 0)
    urls = {name: address(name, alice) for name in ROWS}
    answers = {}

    for name, url in urls.items():
        response = answer(method, url, people[person])
        answers[name] = outcome(response)
        assert faults_in_headers(response, name, signed_in=person != "nobody") == []

    assert answers == {name: row[cell] for name, row in ROWS.items()}


NOBODYS_OWN = {"figures"}  # drawings, the same for everybody


def faults_in_headers(response, name, *, signed_in):
    """Return what is too lax in the headers of an answer."""
    policy = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    lax = (CSP.UNSAFE_INLINE, CSP.UNSAFE_EVAL, "http")
    faults = [f"{name}: {part}" for part, value in STRICT.items() if policy.get(part) != value]
    faults += [f"{name}: {word}" for word in lax if word in str(policy)]
    kept = "immutable" if name in NOBODYS_OWN else "no-store"
    if signed_in and response.request["REQUEST_METHOD"] == "GET" and kept not in response["Cache-Control"]:
        faults.append(f"{name}: {response['Cache-Control']}")
    return faults


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; base-uri *"),
        (
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self'",
        ),
        ("Cache-Control", "private"),
    ],
)
def test_lax_headers_would_be_noticed(as_alice, header, value):
    response = as_alice.get("/history/")
    assert faults_in_headers(response, "history", signed_in=True) == []
    response.headers[header] = value

    assert faults_in_headers(response, "history", signed_in=True) != []


def table_of(name):
    """Return the table an admin page is about, as "app_model", and what the page does with it."""
    tables = (f"{model._meta.app_label}_{model._meta.model_name}" for model in site._registry)
    found = next((table for table in tables if name.startswith(f"admin:{table}_")), "")
    return found, name.removeprefix(f"admin:{found}_")


@pytest.mark.any_database
@pytest.mark.parametrize("role", Role)
def test_a_role_gets_the_pages_its_rights_are_for_and_nothing_of_a_runners_log(alice, carol, role):
    client = signed_in(appointed("rita", role))
    private = private_words(alice, role)
    asked, posted = {}, {}

    for name in ROWS:
        url = address(name, alice)
        response = answer("GET", url, client)
        content = "" if response.streaming else response.content.decode(errors="replace")
        assert not [words for words in private if words in content], name
        asked[name], posted[name] = outcome(response), outcome(answer("POST", url, client))

    outside = [name for name in ROWS if "admin" not in address(name, alice)]
    assert {name: (asked[name], posted[name]) for name in outside} == {
        name: (ROWS[name][3], ROWS[name][8]) for name in outside
    }
    for name, (table, page) in {name: table_of(name) for name in ROWS if table_of(name)[0]}.items():
        verbs = {verb for verb in VERBS if table.replace("_", f".{verb}_", 1) in RIGHTS[role]}
        if not verbs:  # 302: there is nothing of this kind
            assert {asked[name], posted[name]} <= {"302", "403", "404", "405"}, name
        elif page in {"changelist", "change", "history"}:
            assert asked[name] == "200", name
        if page in {"add", "change", "delete"} and page not in verbs:
            assert posted[name] == "403", name


def private_words(runner, role):
    """Return what is in a runner's log and address, which nobody at the desk may read; an owner keeps addresses."""
    runner.runs.update(note="a note nobody reads")
    entries = (runner.runs, runner.sessions, runner.check_ins, runner.advice)
    uuids = [str(row.uuid) for rows in entries for row in rows.all()]
    return ["a note nobody reads", *uuids, *([] if role is Role.OWNER else [runner.email])]


def test_signing_out_clears_what_the_device_kept(as_bob):
    assert '"cache"' in as_bob.post("/accounts/logout/")["Clear-Site-Data"]


def test_https_keeps_cookies_and_visits_to_itself(tmp_path):
    """With nothing set but what a site on the internet has."""
    names = ["PATH", "HOME", "PYTHONPATH"]
    environment = {name: os.environ[name] for name in names if name in os.environ}
    code = (
        "import django; django.setup()\n"
        "from django.conf import settings as s\n"
        "from django.test import Client\n"
        "response = Client().get('/healthz', secure=True, headers={'host': 'localhost'})\n"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SECURE_SSL_REDIRECT)\n"
        "print(response['Strict-Transport-Security'])\n"
    )
    printed = subprocess.check_output(
        [sys.executable, "-c", code],
        env=environment
        | {"DJANGO_SETTINGS_MODULE": "backpain.settings", "HTTPS": "1", "DATA_DIR": str(tmp_path)},
        text=True,
    )

    assert printed.splitlines() == [
        "True True True True",
        "max-age=31536000; includeSubDomains; preload",
    ]
