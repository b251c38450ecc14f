"""The second factor: an app's code or a recovery code, each once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from shenava.common import clock
from shenava.journal.actions import Refused
from shenava.people import actions, login
from shenava.people.models import LoginSession, RecoveryCode, User
from tests.people.facts import count_facts, last_fact
from tests.world import World, log_in

SECRET = b"12345678901234567890".hex()  # RFC 6238, appendix B
MOMENT = datetime(2026, 11, 23, 9, 0, 10, tzinfo=UTC)


def code_at(moment: datetime, secret: str = SECRET) -> str:
    """What the app shows at a moment."""
    return TOTP(bytes.fromhex(secret), 6, SHA1(), 30).generate(int(moment.timestamp())).decode()


def enrolled(world: World) -> tuple[User, list[str]]:
    codes = actions.set_second_factor(world.sara.user, secret=SECRET, step=0, by=world.sara)
    return User.objects.get(party=world.sara), codes


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    with clock.set_to(datetime.fromtimestamp(seconds, UTC)):
        assert login.totp_step(SECRET, code) == seconds // 30


@pytest.mark.parametrize(("late", "fits"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_code_half_a_minute_early_or_late_is_forgiven(late: int, fits: bool) -> None:
    with clock.set_to(MOMENT + timedelta(seconds=late)):
        assert (login.totp_step(SECRET, code_at(MOMENT)) is not None) is fits


@pytest.mark.parametrize("typed", ["{}", " {} ", "{:.3} {:.3}"])
def test_a_code_is_taken_however_it_is_typed(typed: str) -> None:
    plain = code_at(MOMENT)
    shown = typed.format(plain, plain[3:])
    persian = shown.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    with clock.set_to(MOMENT):
        assert login.totp_step(SECRET, shown) is not None
        assert login.totp_step(SECRET, persian) is not None


@pytest.mark.parametrize("typed", ["", "0", "12345678", "abcdef", "' OR 1=1", "\u0661" * 6])
def test_what_is_no_code_proves_nothing(world: World, typed: str) -> None:
    user, _codes = enrolled(world)
    with clock.set_to(MOMENT):
        assert not login.second_factor_fits(user, typed)


def test_a_code_works_once_and_an_older_one_not_after_it(world: World) -> None:
    user, _codes = enrolled(world)
    with clock.set_to(MOMENT):
        assert login.second_factor_fits(user, code_at(MOMENT))
        assert not login.second_factor_fits(user, code_at(MOMENT))
        assert not login.second_factor_fits(user, code_at(MOMENT - timedelta(seconds=30)))
    with clock.set_to(MOMENT + timedelta(seconds=30)):
        assert login.second_factor_fits(user, code_at(MOMENT + timedelta(seconds=30)))


def test_the_code_of_the_enrolment_does_not_let_anybody_in(world: World) -> None:
    with clock.set_to(MOMENT):
        step = login.totp_step(SECRET, code_at(MOMENT))
        actions.set_second_factor(world.sara.user, secret=SECRET, step=step, by=world.sara)
        assert not login.second_factor_fits(User.objects.get(party=world.sara), code_at(MOMENT))


def test_the_secret_is_sealed_in_the_database(world: World) -> None:
    enrolled(world)
    [kept] = User.objects.filter(party=world.sara).extra(select={"raw": "totp_secret::text"}).values_list("raw")
    assert SECRET not in kept[0]
    assert last_fact() == ("people.second_factor_set", {}, world.sara.pk)


def test_ten_recovery_codes_work_once_each(world: World) -> None:
    user, codes = enrolled(world)
    assert len(set(codes)) == 10
    assert not any(code in str(RecoveryCode.objects.values()) for code in codes)
    assert login.second_factor_fits(user, codes[0].upper().replace("-", " "))
    assert not login.second_factor_fits(user, codes[0])
    assert login.second_factor_fits(user, codes[9])
    assert user.recovery_codes.filter(used_at=None).count() == 8


def test_setting_it_up_again_ends_the_old_codes(world: World) -> None:
    _user, before = enrolled(world)
    user, after = enrolled(world)
    assert not login.second_factor_fits(user, before[3])
    assert login.second_factor_fits(user, after[3])


def test_recovery_codes_of_another_user_prove_nothing(world: World) -> None:
    _user, codes = enrolled(world)
    actions.set_second_factor(world.reza.user, secret=SECRET[::-1], step=0, by=world.reza)
    assert not login.second_factor_fits(User.objects.get(party=world.reza), codes[0])


def test_without_a_second_factor_no_code_fits(world: World) -> None:
    assert not login.second_factor_fits(world.sara.user, "000000")


def test_an_administrator_resets_a_lost_second_factor(world: World, client) -> None:  # type: ignore[no-untyped-def]
    _user, codes = enrolled(world)
    log_in(client, world.sara)
    actions.reset_second_factor(world.sara, by=world.administrator)
    user = User.objects.get(party=world.sara)
    assert (user.has_second_factor, user.recovery_codes.count()) == (False, 0)
    assert not login.second_factor_fits(user, codes[0])
    assert not LoginSession.objects.filter(user=user).exists()
    assert last_fact() == ("people.second_factor_reset", {"party": world.sara.pk}, world.administrator.pk)


def test_nobody_else_touches_a_second_factor(world: World) -> None:
    enrolled(world)
    before = count_facts()
    for party in (world.sara, world.manager, world.system):
        with pytest.raises(Refused):
            actions.reset_second_factor(world.sara, by=party)
    for party in (world.administrator, world.manager, world.system):
        with pytest.raises(Refused):
            actions.set_second_factor(world.sara.user, secret="00" * 20, step=0, by=party)
    with pytest.raises(Refused, match="yourself"):
        actions.reset_second_factor(world.administrator, by=world.administrator)
    user = User.objects.get(party=world.sara)
    assert (user.totp_secret, user.recovery_codes.count()) == (SECRET, 10)
    assert count_facts() == before


def test_the_address_for_the_app_names_organisation_and_account(world: World) -> None:
    address = login.totp_address(world.sara.user, SECRET, "Arman & Sons: Care")
    assert address.startswith("otpauth://totp/Arman%20%26%20Sons%3A%20Care:sara%40arman.example?")
    assert "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" in address
