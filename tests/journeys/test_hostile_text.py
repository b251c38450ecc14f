"""Hostile text in a real browser: no page that shows it runs anything, asks anything or calls anybody."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Request

from tests.conftest import MATERIAL
from tests.journeys.conftest import Visitor
from tests.journeys.product import Product
from tests.mailroom.letters import letter
from tests.portal.test_hostile_text import OURS
from tests.world import PASSWORD

pytestmark = pytest.mark.journey
SitDown = Callable[..., Visitor]
MORE = [
    "<script>window.__xss=1</script>",
    "<img src=/nowhere onerror=window.__xss=1>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=window.__xss=1>#x'/></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.__xss=1></style></mglyph></table></mtext></math>",
    "<iframe srcdoc='<script>parent.__xss=1</script>'></iframe>",
    "<a href='jav&#x09;ascript:window.__xss=1' autofocus onfocus=window.__xss=1>x</a>",
    "<form action=javascript:alert(1)><button formaction=javascript:alert(1) autofocus>x</button></form>",
    "<style>@import'//evil.example/x.css';*{background:url(//evil.example/x)}</style>",
    "<base href='//evil.example/'><meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<div hx-get='/x' hx-trigger='load' hx-on::load='window.__xss=1' data-hx-get='/x'>x</div>",
    "<noscript><p title='</noscript><img src=x onerror=window.__xss=1>'>",
    "${window.__xss=1}{{constructor.constructor('window.__xss=1')()}}",
]
WATCH = """
    window.__violations = [];
    addEventListener('securitypolicyviolation', (event) =>
        window.__violations.push(event.violatedDirective + ' ' + event.blockedURI), true);
"""
AT_ONCE = 12
ENDLESS = """
from shenava.complaints import actions
from shenava.people.models import Party
from shenava.people.parties import Introduction, system_party
who = Introduction(name="N" * 190, email="n@example.com", address="Z" * 400)
said = dict(description="W" * 4000, title="T" * 190, product="P" * 190, serial="S" * 80, expectation="E" * 900)
complaint = actions.register(intake=actions.Intake(channel="portal", complainant=who, **said), by=system_party())
sara = Party.objects.get(email="sara@arman.example")
actions.take(complaint, by=sara)
actions.note(complaint, text="O" * 4000, by=sara)
actions.respond(complaint, text="R" * 4000, by=sara)
print(complaint.reference)
"""
WIDER = """[...document.querySelectorAll("body, body > *, main, main > *, .case > *, .thread > *")]
    .filter(one => one.clientWidth && one.scrollWidth > one.clientWidth + 1)
    .map(one => `${one.tagName}.${one.className}: ${one.scrollWidth} in ${one.clientWidth}`)"""
WRITE = """
import json
from pathlib import Path
from shenava.complaints import actions
from shenava.messages.models import Mailbox
from shenava.mailroom import sorting
from shenava.mailroom.intake import take
from shenava.people.models import Party
from shenava.people.parties import Introduction, system_party
from shenava.common.models import Budget
Budget.objects.all().delete()  # others have guessed from this address before
place = Path({place!r})
system, sara = system_party(), Party.objects.get(email="sara@arman.example")
found = []
for texts in json.loads((place / "texts.json").read_text()):
    line = texts[0].replace("\\n", " ").replace("\\r", " ")
    given = dict(description="\\n".join(texts), channel="portal", title=line[:190], product=line[:190],
        serial=line[:80], expectation=line, authority=line[:190],
        complainant=Introduction(name=line[:190], email="mahsa@example.com"),
        representative=Introduction(name=line[:190], email="reza@example.com"))
    intake = actions.Intake(**given)
    complaint = actions.register(intake=intake, by=system)
    actions.take(complaint, by=sara)
    actions.note(complaint, text="\\n".join(texts), by=sara)
    actions.respond(complaint, text="\\n".join(texts), by=sara)
    found.append([complaint.reference, complaint.public_code, intake.secret])
mailbox, _new = Mailbox.objects.get_or_create(address="hostile@arman.example",
    defaults=dict(name="Hostile", unit=sara.grants.get().unit, never_sends=True))
for name in ("read.eml", "unread.eml"):
    kept = take((place / name).read_bytes(), mailbox=mailbox)
    while kept.state in ("waiting", "reading"):  # the worker may be faster
        sorting.sort(kept.pk)
        kept.refresh_from_db()
    if kept.message:
        found.append([kept.message.complaint.reference, "", ""])
print(json.dumps(found))
"""


def payloads() -> list[str]:
    """Ours, and the collected ones where they are at hand."""
    place = MATERIAL / "security" / "security.jsonl"
    rows = (
        [json.loads(line) for line in place.read_text(encoding="utf-8").split("\n") if line] if place.exists() else []
    )
    kinds = {"xss", "html_sanitise", "template_injection"}
    collected = [str(row.get("payload") or "") for row in rows if row["kind"] in kinds]
    return OURS + MORE + [text for text in collected if 3 < len(text.strip()) < 2000][::5]


def watch(visitor: Visitor) -> list[str]:
    """What a hostile text has reached so far: dialogs, calls to other hosts."""
    reached: list[str] = []

    def hush(dialog: Dialog) -> None:
        reached.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def notice(asked: Request) -> None:
        if not asked.url.startswith((visitor.base, "data:")):
            reached.append(asked.url)

    visitor.page.on("dialog", hush)
    visitor.page.on("request", notice)
    visitor.context.add_init_script(WATCH)
    return reached


def look_at(visitor: Visitor, reached: list[str], address: str) -> str:
    """Open a page with everything on it that opens; gives its text."""
    page = visitor.page
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.evaluate("document.querySelectorAll('iframe').forEach((one) => { one.loading = 'eager'; })")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("[window.__xss, window.__violations]") == [None, []], address
    assert page.url.removeprefix(visitor.base) == address
    assert reached == [], address
    faults = [fault for fault in visitor.faults if "sandboxed" not in fault and "status of 4" not in fault]
    assert faults == [], address
    return page.inner_text("body")


def test_no_page_runs_what_it_shows(product: Product, visitor: SitDown, tmp_path: Path) -> None:
    texts = payloads()
    portions = [texts[first : first + AT_ONCE] for first in range(0, len(texts), AT_ONCE)]
    (tmp_path / "texts.json").write_text(json.dumps(portions))
    html = "Content-Type: text/html; charset=utf-8\r\n\r\n"
    head = letter(
        "", subject=MORE[1], sender=f'"{MORE[1]}" <mahsa@example.com>', message_id="<hostile@example.com>"
    ).partition(b"Content-Type")[0]
    (tmp_path / "read.eml").write_bytes(head + html.encode() + "\r\n".join(["<p>Hello.</p>", *texts]).encode())
    (tmp_path / "unread.eml").write_bytes(f"Subject: {MORE[1]}\r\n\r\n".encode() + "\r\n".join(texts).encode())
    found = json.loads(product.python(WRITE.format(place=str(tmp_path))))
    assert len(found) == len(portions) + 1

    officer = visitor(product, "en")
    reached = watch(officer)
    officer.log_in("sara@arman.example", PASSWORD)
    shown = [look_at(officer, reached, f"/desk/complaints/{reference}/") for reference, *_rest in found]
    assert MORE[0] in "".join(shown)
    assert officer.page.locator("iframe[sandbox]").count() == 1
    for folder in ("received", "sent", "drafts", "follow-up", "archive"):
        look_at(officer, reached, f"/desk/cartable/{folder}/")
    agent = visitor(product, "fa")
    reached = watch(agent)
    agent.log_in("negar@arman.example", PASSWORD)
    look_at(agent, reached, "/desk/unread/")
    unread = agent.page.locator(".row:has-text('hostile@arman.example')").get_attribute("href")
    look_at(agent, reached, str(unread))
    administrator = visitor(product, "en")
    reached = watch(administrator)
    administrator.log_in("dara@arman.example", PASSWORD)
    look_at(administrator, reached, "/desk/mailboxes/")
    stranger = visitor(product, "he")
    reached = watch(stranger)
    for _reference, code, secret in found[:-1:4]:
        stranger.page.goto(f"/track/?code={code}#{secret}")
        stranger.page.click("form[data-token] button")
        stranger.page.wait_for_url(f"**/complaints/{code}/")
        look_at(stranger, reached, f"/complaints/{code}/")


@pytest.mark.parametrize("language", ["fa", "he", "en"])
def test_words_without_end_widen_no_page(product: Product, visitor: SitDown, language: str) -> None:
    number = product.python(ENDLESS).strip()
    officer = visitor(product, language)
    officer.log_in("sara@arman.example", PASSWORD)
    for place in (f"complaints/{number}/", f"complaints/{number}/circulation/", "cartable/sent/", "complaints/"):
        officer.page.goto(f"/desk/{place}")
        officer.page.wait_for_load_state("networkidle")
        assert officer.page.evaluate(WIDER) == [], place
