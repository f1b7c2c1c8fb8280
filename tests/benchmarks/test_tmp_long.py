import time, json, pytest
from django.core.management import call_command
from tests.benchmarks.long_log import write_long_log
from tests.conftest import NOON
from django.test.utils import CaptureQueriesContext
from django.db import connection
import uuid

@pytest.mark.parametrize("runs",[0,600,6000])
def test_x(alice, as_alice, at_noon, runs):
    call_command("load_catalogue", verbosity=0)
    t=time.time()
    if runs: write_long_log(runner=alice, runs=runs, now=NOON)
    print(runs, "built", round(time.time()-t,1), alice.runs.count(), alice.sets.count(), alice.advice.count())
    as_alice.get("/")
    if runs: print("facts", len(json.dumps(alice.advice.newest().facts)), alice.advice.newest().verdict, [r["rule"] for r in alice.advice.newest().decision["reasons"]])
    for url in ("/","/runs/new/","/progress/","/history/","/sessions/new/", "/plan/"):
        with CaptureQueriesContext(connection) as q: as_alice.get(url)
        print(url, len(q))
    with CaptureQueriesContext(connection) as q: r=as_alice.post("/runs/new/", {"uuid":str(uuid.uuid4()),"started_at":"2026-03-16T07:00","distance":"7","duration":"45:00","pain_before":"0","pain_during":"1","pain_after":"1", "shoe":"Road shoes"})
    print("post", r.status_code, len(q))
    if runs==600:
        for x in q.captured_queries: print("   ", x["sql"][:100])
