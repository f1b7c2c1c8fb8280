"""What a browser would send from a form of a page, read from its HTML."""

from html.parser import HTMLParser


def fields_of(response, form_id):
    """Return the fields of the form with this id as they stand on the page, each with its list of values."""
    reader = _Reader(form_id)
    reader.feed(response.content.decode())
    assert reader.fields, "no such form"
    return reader.fields


class _Reader(HTMLParser):
    def __init__(self, form_id):
        super().__init__()
        self.form_id, self.fields = form_id, {}
        self.is_inside, self.select, self.textarea, self.text = False, "", "", ""

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.is_inside = given.get("id") == self.form_id
        elif not self.is_inside:
            return
        elif tag == "input" and "name" in given and given.get("type") != "submit":
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self._keep(given["name"], given.get("value") or ("on" if "checked" in given else ""))
        elif tag == "select":
            self.select = given["name"]
            self.fields.setdefault(self.select, [])
        elif tag == "option" and "selected" in given:
            self._keep(self.select, given.get("value", ""))
        elif tag == "textarea":
            self.textarea, self.text = given["name"], ""

    def handle_data(self, data):
        self.text += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.textarea:
            text = self.text.removeprefix("\r").removeprefix("\n")
            self._keep(self.textarea, "\r\n".join(text.splitlines()))
            self.textarea = ""
        elif tag == "form":
            self.is_inside = False

    def _keep(self, name, value):
        self.fields.setdefault(name, []).append(value)
