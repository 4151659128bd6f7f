"""Rules on listings: what each reports, and what it leaves alone."""

import datetime

import pytest
import yaml

from packager.checks.config import Config
from packager.checks.engine import run
from packager.checks.registry import all_rules
from packager.checks.store import store_run
from packager.offer.load import load_offer
from packager.scaffold.listing import plain_png

DAY = datetime.date(2026, 11, 24)
GUID = "11111111-2222-3333-4444-{:012d}"
GOOD = {
    "name": "Acme™ Ledger",
    "summary": "A ledger in your own subscription.",
    "shortDescription": "Keeps books for banks.",
    "description": "<p>Keeps <b>books</b> for banks.</p>",
    "keywords": ["ledger"],
    "categories": {"analytics": ["big-data"]},
    "privacyPolicy": "https://www.acme.test/privacy",
    "links": [{"title": "Docs", "url": "https://www.acme.test/docs"}],
    "support": {"name": "S", "email": "s@acme.test", "phone": "+1 555 0100", "url": "https://www.acme.test"},
    "engineering": {"name": "E", "email": "e@acme.test", "phone": "+1 555 0101"},
    "logos": {"large": "./logo.png"},
    "screenshots": [{"image": "./screen.png", "caption": "The books"}],
    "plans": {"standard": {"name": "Standard", "summary": "One", "description": "<p>All of it.</p>"}},
}
FILES = {
    "logo.png": plain_png(256, 256),
    "screen.png": plain_png(1280, 720),
    "small.png": plain_png(48, 48),
    "one.pdf": b"%PDF-1.7\n",
    "text.txt": b"no picture",
}


@pytest.fixture
def findings(tmp_path):
    (tmp_path / "pyproject.toml").touch()
    for name in ("ui.json", "template.json"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)

    def find(changed, kind="managed-application"):
        (tmp_path / "listing.yaml").write_text(yaml.safe_dump(GOOD | changed), encoding="utf-8")
        offer = {"schema": 1, "id": "acme-app", "publisher": "acme", "kind": kind, "version": "1.0.0"}
        offer |= {
            "listing": "./listing.yaml",
            "plans": [{"id": "standard", "ui": "ui.json", "template": "template.json"}],
        }
        (tmp_path / "offer.yaml").write_text(yaml.safe_dump(offer), encoding="utf-8")
        loaded = load_offer(tmp_path / "offer.yaml").offer
        assert loaded is not None
        assert loaded.listing is not None
        rules = tuple(rule for rule in all_rules() if rule.on == "listing")
        report = run(store_run(loaded, loaded.listing, "offer.yaml", DAY), rules, Config())
        assert not report.crashed
        return [(one.rule.removeprefix("listing-"), one.pointer, one.message) for one in report.findings]

    return find


def plan(**members):
    return {"plans": {"standard": GOOD["plans"]["standard"] | members}}


def access(**members):
    return plan(technicalConfiguration={"public": {"tenant": GUID.format(1)} | members})


def test_a_good_listing_has_no_findings(findings):
    assert findings({}) == []
    whole = plan(
        visibility="private",
        audience=[{"id": GUID.format(1)}],
        markets=["US", "NO"],
        price={"amount": 9.5, "cadence": "year"},
        clouds=["public", "government"],
        certifications=[{"name": "FedRAMP", "link": "https://www.acme.test/fed"}],
        meters=[{"id": "m", "name": "M", "unit": "each", "price": 1, "included": "unlimited"}],
        technicalConfiguration={
            "customerActions": ["Microsoft.Compute/virtualMachines/start/action", "Microsoft.Resources/*"],
            "public": {
                "tenant": GUID.format(1),
                "authorizations": [{"principal": GUID.format(2), "role": "owner"}],
            },
            "policies": [{"name": "audit", "definition": "/providers/x", "parameters": "{}"}],
        },
    )
    assert findings(whole | {"previewAudience": [{"id": GUID.format(3)}], "amendment": "Terms"}) == []


@pytest.mark.parametrize(
    ("changed", "rule", "pointer", "message"),
    [
        ({"name": "x" * 201}, "text-length", "/name", "the name has 201 characters; the store takes 200: cut 1"),
        (
            {"description": "x" * 5_001},
            "text-length",
            "/description",
            "the description has 5,001 characters; the store takes 5,000: cut 1",
        ),
        (
            {"description": "x" * 4_900},
            "text-length[near]",
            "/description",
            "the description has 4,900 of 5,000 characters",
        ),
        (
            plan(name="x" * 51),
            "text-length[new-plan]",
            "/plans/standard/name",
            "the plan's name has 51 characters; a new plan takes 50",
        ),
        (
            plan(summary="x" * 101),
            "text-length",
            "/plans/standard/summary",
            "the plan's summary has 101 characters; the store takes 100: cut 1",
        ),
        ({"summary": " "}, "text-missing", "/summary", "the listing needs a summary for search results: add 'summary'"),
        (
            {"logos": {}},
            "text-missing",
            "/logos",
            "the listing needs a large logo (PNG, 216x216 to 350x350): add it to 'logos'",
        ),
        (
            {"plans": {}},
            "text-missing[plan]",
            "/plans",
            "the plan 'standard' has no texts: add 'plans: {standard: ...}'",
        ),
        (
            {"description": '<p class="x">a</p>'},
            "html[attribute]",
            "/description",
            "'<p>' has the attribute 'class'; the store takes none",
        ),
        ({"description": "<b>a"}, "html[unclosed]", "/description", "'<b>' is not closed; add '</b>'"),
        (
            {"description": "<b><i>a</b></i>"},
            "html[unclosed]",
            "/description",
            "'</b>' closes nothing that is open there",
        ),
        (
            {"summary": "a <b>b</b>"},
            "html[plain]",
            "/summary",
            "this text is plain, and '<b>' is markup; take it out",
        ),
        (
            {"name": "Acme 🚀"},
            "characters[emoji]",
            "/name",
            "the name has the emoji U+1F680; the store takes none there",
        ),
        (
            {"summary": "a\nb"},
            "characters[control]",
            "/summary",
            "the text has a line break in it; write it as one paragraph",
        ),
        (
            {"summary": "Lorem ipsum"},
            "placeholder",
            "/summary",
            "'Lorem ipsum' stands for a text that is not written yet",
        ),
        (
            {"privacyPolicy": "https://www.example.com/x"},
            "placeholder[address]",
            "/privacyPolicy",
            "nobody answers at 'example.com', which is kept for examples",
        ),
        ({"keywords": list("abcd")}, "keywords", "/keywords/3", "there are 4 keywords; the store takes 3"),
        (
            {"keywords": ["a", "A"]},
            "keywords[twice]",
            "/keywords/1",
            "the keyword 'A' is there twice; take one out",
        ),
        ({"categories": ["a", "b", "c"]}, "categories", "/categories", "there are 3 categories; the store takes 2"),
        (
            {"categories": {"a": ["1", "2", "3"]}},
            "categories",
            "/categories/a",
            "the category 'a' has 3 sub-categories; the store takes 2",
        ),
        (
            {"engineering": GOOD["engineering"] | {"email": "nobody"}},
            "contact[email]",
            "/engineering/email",
            "'nobody' is no e-mail address",
        ),
        (
            {"engineering": GOOD["engineering"] | {"phone": "call me"}},
            "contact[phone]",
            "/engineering/phone",
            "'call me' is no telephone number; write it as +1 555 555 0100",
        ),
        (
            {"support": GOOD["support"] | {"url": "http://acme.test"}},
            "contact[url]",
            "/support/url",
            "the address of the support page does not start with https://",
        ),
        (
            {"links": [{"title": "x" * 256, "url": "https://a.test"}]},
            "link[title]",
            "/links/0/title",
            "the title of this link has 256 characters; the store takes 255",
        ),
        (
            {"privacyPolicy": "https://acme"},
            "link",
            "/privacyPolicy",
            "the address of the privacy policy names no host",
        ),
        (
            {"logos": {"large": "./small.png"}},
            "logo[size]",
            "/logos/large",
            "the large logo is 48x48; the store takes a square of 216x216 to 350x350",
        ),
        (
            {"logos": {"large": "./logo.png", "medium": "./text.txt"}},
            "logo[format]",
            "/logos/medium",
            "the medium logo 'text.txt' is no PNG file",
        ),
        (
            {"logos": {"large": "./logo.png", "wide": "./small.png"}},
            "logo[size]",
            "/logos/wide",
            "the wide logo is 48x48; the store takes 255x115",
        ),
        (
            {"screenshots": [{"image": "./logo.png", "caption": "c"}]},
            "screenshot[size]",
            "/screenshots/0/image",
            "the screenshot is 256x256; the store takes 1280x720",
        ),
        (
            {"screenshots": [{"image": "./screen.png"}]},
            "screenshot[caption]",
            "/screenshots/0",
            "the screenshot has no caption: add 'caption'",
        ),
        (
            {"screenshots": GOOD["screenshots"] * 6},
            "screenshot[count]",
            "/screenshots/5",
            "there are 6 screenshots; the store takes 5",
        ),
        (
            {"videos": [{"name": "v", "url": "https://acme.test/v", "thumbnail": "./screen.png"}]},
            "video[url]",
            "/videos/0/url",
            "the address of the video is none of YouTube or Vimeo",
        ),
        (
            {"videos": [{"name": "v", "url": "https://youtu.be/v", "thumbnail": "./logo.png"}]},
            "video[thumbnail]",
            "/videos/0/thumbnail",
            "the thumbnail is 256x256; the store takes a PNG of 1280x720",
        ),
        (
            {"documents": [{"file": "./text.txt", "name": "T"}]},
            "document[format]",
            "/documents/0/file",
            "the document 'text.txt' is no PDF file",
        ),
        (
            {"documents": [{"file": "./one.pdf", "name": "T"}] * 4},
            "document[count]",
            "/documents/3",
            "there are 4 documents; the store takes 3",
        ),
        (
            {"language": "French"},
            "language",
            "/description",
            (
                "the description starts with 'This application is available only in French' "
                "when the language is not English"
            ),
        ),
        (
            {"termsOfUse": "Ours", "amendment": "Theirs"},
            "terms[both]",
            "/amendment",
            "amendments go with the Standard Contract: take out 'termsOfUse' or these",
        ),
        (
            {"amendments": [{"name": "n", "terms": "t", "tenants": [{"id": "x"}]}]},
            "terms[tenants]",
            "/amendments/0/tenants/0/id",
            "'x' is no tenant id: write a GUID",
        ),
        (
            {"previewAudience": [{"id": GUID.format(i)} for i in range(11)]},
            "audience[count]",
            "/previewAudience",
            "the preview has 11 subscriptions; the store takes 1 to 10",
        ),
        (
            {"previewAudience": [{"id": "ours"}]},
            "audience[id]",
            "/previewAudience/0/id",
            "'ours' is no subscription id: write a GUID",
        ),
        (
            plan(visibility="private"),
            "audience[count]",
            "/plans/standard",
            "the plan 'standard' is private and has no audience: add 'audience'",
        ),
        (
            plan(price={"amount": -1}),
            "price[amount]",
            "/plans/standard/price/amount",
            "the price -1 is no amount of money",
        ),
        (
            plan(markets=["USA"]),
            "price[market]",
            "/plans/standard/markets/0",
            "'USA' is no market: write a code of two capital letters, such as US",
        ),
        (
            plan(meters=[{"id": f"m{i}", "name": "M", "unit": "u", "price": 1} for i in range(19)]),
            "meter[count]",
            "/plans/standard/meters/18",
            "the plan has 19 dimensions; the form takes 18",
        ),
        (
            {"metering": {"tenant": "t", "application": GUID.format(1)}},
            "meter[metering]",
            "/metering/tenant",
            "'t' is no tenant id: write a GUID",
        ),
        (
            access(authorizations=[{"principal": "me", "role": "Owner"}]),
            "authorization[principal]",
            "/plans/standard/technicalConfiguration/public/authorizations/0/principal",
            "'me' is no object id: write the GUID of the principal",
        ),
        (
            access(authorizations=[{"principal": GUID.format(1), "role": "Ownr"}]),
            "authorization[role]",
            "/plans/standard/technicalConfiguration/public/authorizations/0/role",
            "'Ownr' is no role: write Owner, Contributor or the id of a built-in role; did you mean 'owner'?",
        ),
        (
            access(authorizations=[{"principal": GUID.format(i), "role": "Owner"} for i in range(101)]),
            "authorization[count]",
            "/plans/standard/technicalConfiguration/public/authorizations/100",
            "there are 101 authorizations; Partner Center takes 100 in a cloud",
        ),
        (
            plan(technicalConfiguration={"customerActions": ["start"]}),
            "policy[action]",
            "/plans/standard/technicalConfiguration/customerActions/0",
            "'start' is no action; write it as Microsoft.Compute/virtualMachines/start/action",
        ),
        (
            plan(technicalConfiguration={"policies": [{"name": f"p{i}", "definition": "d"} for i in range(6)]}),
            "policy[count]",
            "/plans/standard/technicalConfiguration/policies/5",
            "there are 6 policies; Partner Center takes 5",
        ),
        (
            plan(certifications=[{"name": "n", "link": "https://a.test"}]),
            "certification[cloud]",
            "/plans/standard/certifications",
            "certifications are for Azure Government: add 'clouds: [public, government]'",
        ),
    ],
)
def test_what_is_reported(findings, changed, rule, pointer, message):
    assert findings(changed) == [(rule, pointer, message)]


def test_tags_that_the_store_does_not_know(findings):
    for text in ("<script>x</script>", "<a href='x'>x</a>", "<strong>x</strong>", "<!-- x -->", "<![CDATA[x]]>"):
        found = findings({"description": text})
        assert [rule for rule, *_ in found] == ["html[tag]"], text


def test_a_solution_template_has_no_price_no_dimensions_and_no_authorizations(findings):
    members = {"price": {"amount": 1}, "meters": [{"id": "m", "name": "M", "unit": "u", "price": 1}]}
    found = findings(plan(technicalConfiguration={}, **members), kind="solution-template")
    assert sorted(rule for rule, *_ in found) == ["authorization[template]", "meter[template]", "price[template]"]
