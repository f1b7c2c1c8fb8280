"""A phone on which pages work without a connection."""

import contextlib

from playwright.sync_api import Error

from tests.conftest import signed_in

ENTRIES = """new Promise((resolve) => {
    const asked = indexedDB.open("outbox", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("entries", { keyPath: "id" });
    asked.onsuccess = () => {
        const all = asked.result.transaction("entries").objectStore("entries").getAll();
        all.onsuccess = () => { asked.result.close(); resolve(all.result); };
    };
})"""


class Phone:
    """A phone with a browser on it."""

    def __init__(self, context, url):
        self.context, self.url = context, url
        self.page = context.new_page()

    def sign_in(self, user):
        """Sign in and open Today."""
        cookie = signed_in(user).cookies["sessionid"]
        self.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.url}])
        self.goto("/")

    def wait_until_pages_are_kept(self):
        self.page.evaluate("navigator.serviceWorker.ready.then(() => {})")

    def goto(self, path):
        self.page.goto(self.url + path)

    def fill(self, distance, url="/runs/new/"):
        self.goto(url)
        self.page.get_by_label("Distance").fill(str(distance))

    def save(self, distance, url="/runs/new/"):
        """Log a run and wait until the page says what became of it."""
        self.fill(distance, url)
        self.page.get_by_role("button", name="Save run").click()
        self.page.locator("#kept, #entry .toast, [role=alert]").filter(visible=True).first.wait_for()

    def offline(self, yes=True):
        self.context.set_offline(yes)

    @property
    def kept(self):
        return self.page.evaluate(ENTRIES)

    def is_empty(self):
        """Tell whether nothing is kept any more, soon; Today is loaded anew once something was sent."""
        for _ in range(50):
            with contextlib.suppress(Error):
                if not self.kept:
                    return True
            self.page.wait_for_timeout(100)
        return False

    @property
    def chip(self):
        return self.page.locator("#waiting")

    def flush(self):
        """Let the page notice the connection, and wait until it has tried."""
        self.page.evaluate("""navigator.locks.request("outbox", () => {}).then(() => {
            const tried = new Promise((resolve) => document.addEventListener("outbox", resolve, { once: true }));
            dispatchEvent(new Event("online"));
            return tried;
        })""")
