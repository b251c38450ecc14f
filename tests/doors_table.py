"""Who gets which answer where: role × address × method, one row for every address of the product."""

from __future__ import annotations

ROLES = (
    "anonymous", "agent", "officer", "expert", "approver", "manager", "auditor", "administrator",
    "outsider",  # an officer of another unit
    "named",  # an officer of the unit, whom the complaint is about
)  # fmt: skip
REGISTER = {"agent", "officer", "manager", "outsider", "named"}
READ = {"agent", "officer", "expert", "approver", "manager", "auditor"}
Answers = dict[str, int]


def everybody(code: int) -> Answers:
    """The same for all."""
    return dict.fromkeys(ROLES, code)


def staff(code: int) -> Answers:
    """For whoever is logged in; a stranger is sent to the login."""
    return everybody(code) | {"anonymous": 302}


def only(roles: set[str], code: int, *, others: int = 403) -> Answers:
    """For these roles; the other staff are refused, or are told that there is nothing."""
    return staff(others) | dict.fromkeys(roles, code)


def administrator(code: int) -> Answers:
    """For the administrator."""
    return only({"administrator"}, code)


def registrars(code: int) -> Answers:
    """For those who register complaints."""
    return only(REGISTER, code)


def readers(code: int) -> Answers:
    """For those who may see this complaint; for the others it does not exist."""
    return only(READ, code, others=404)


NO = everybody(405)
TABLE: dict[str, tuple[Answers, Answers]] = {
    "healthz": (everybody(200), NO),
    "ui:language": (NO, everybody(302)),
    "ui:theme": (NO, everybody(302)),
    "attachments:file": (everybody(404), NO),
    # portal: nobody is asked who he is, but for what only code and secret open
    "portal:home": (everybody(200), NO),
    "portal:complain": (everybody(200), everybody(422)),
    "portal:receipt": (everybody(302), NO),
    "portal:track": (everybody(200), everybody(422)),
    "portal:one_time_code": (everybody(200), everybody(422)),
    "portal:ask_for_code": (NO, everybody(422)),
    "portal:complaint": (everybody(302), NO),
    "portal:add": (NO, everybody(302)),
    "portal:accept": (NO, everybody(302)),
    "portal:reject": (NO, everybody(302)),
    "portal:withdraw": (NO, everybody(302)),
    "portal:reopen": (NO, everybody(302)),
    "portal:review": (NO, everybody(302)),
    "portal:file": (everybody(302), NO),
    "portal:stop": (NO, everybody(302)),
    "portal:policy": (everybody(200), NO),
    # getting in
    "desk:login": (everybody(200), everybody(422)),
    "desk:second_factor": (everybody(302), everybody(302)),
    "desk:logout": (NO, everybody(302)),
    "desk:reset_request": (everybody(200), everybody(422)),
    "desk:reset": (everybody(200), everybody(422)),
    "desk:accept_invitation": (everybody(200), everybody(422)),
    "desk:set_up": (everybody(404), everybody(404)),
    # one's own account
    "desk:account": (staff(200), NO),
    "desk:preferences": (NO, staff(302)),
    "desk:change_password": (NO, staff(422)),
    "desk:enrol": (staff(200), staff(422)),
    "desk:end_sessions": (NO, staff(302)),
    "desk:end_session": (NO, staff(404)),
    # administration
    "desk:organisation": (administrator(200), administrator(422)),
    "desk:units": (administrator(200), NO),
    "desk:open_unit": (administrator(200), administrator(422)),
    "desk:unit": (administrator(200), administrator(422)),
    "desk:people": (administrator(200), NO),
    "desk:invite": (administrator(200), administrator(422)),
    "desk:withdraw_invitation": (NO, administrator(404)),
    "desk:person": (administrator(200), NO),
    "desk:competence": (administrator(200), administrator(302)),
    "desk:grant": (NO, administrator(422)),
    "desk:revoke": (NO, administrator(404)),
    "desk:hand_over": (only({"administrator", "manager"}, 200), only({"administrator", "manager"}, 422)),
    "desk:hand_over_own": (NO, staff(422)),
    "desk:deactivate": (NO, administrator(302)),
    "desk:reactivate": (NO, administrator(302)),
    "desk:end_persons_sessions": (NO, administrator(302)),
    "desk:reset_second_factor": (NO, administrator(302)),
    "desk:delegate": (NO, staff(422)),
    "desk:end_delegation": (NO, staff(404)),
    "desk:settle_mail": (NO, staff(404)),
    "desk:new_calendar": (administrator(200), administrator(422)),
    "desk:new_promise": (administrator(200), administrator(422)),
    "desk:withdraw_promise": (NO, administrator(404)),
    "desk:calendars": (administrator(200), NO),
    "desk:calendar": (administrator(200), NO),
    "desk:calendar_hours": (NO, administrator(422)),
    "desk:calendar_day": (NO, administrator(422)),
    "desk:remove_day": (NO, administrator(302)),
    "desk:calendar_holidays": (NO, administrator(422)),
    "desk:new_rung": (administrator(200), administrator(422)),
    "desk:withdraw_rung": (NO, administrator(404)),
    "desk:calendar_import": (NO, administrator(422)),
    "desk:promise": (administrator(200), administrator(422)),
    "desk:mailboxes": (administrator(200), NO),
    "desk:new_mailbox": (administrator(200), administrator(422)),
    "desk:mailbox": (administrator(404), administrator(404)),
    "desk:mailbox_trial": (NO, administrator(404)),
    "desk:resend": (NO, administrator(404)),
    "desk:give_up": (NO, administrator(404)),
    "desk:bodies": (administrator(200), NO),
    "desk:new_body": (administrator(200), administrator(422)),
    "desk:body": (administrator(200), administrator(422)),
    "desk:rules": (administrator(200), NO),
    "desk:rule": (administrator(200), administrator(200)),
    "desk:rule_trial": (administrator(200), NO),
    "desk:automations": (administrator(200), NO),
    "desk:new_automation": (administrator(200), administrator(200)),
    "desk:automation_example": (NO, administrator(302)),
    "desk:automation": (administrator(200), administrator(200)),
    "desk:automation_trial": (administrator(200), NO),
    "desk:firings": (administrator(200), NO),
    "desk:switch_automation": (NO, administrator(302)),
    "desk:publish_rule": (NO, administrator(404)),
    "desk:drop_rule": (NO, administrator(404)),
    "desk:put_back_rule": (NO, administrator(302)),
    "desk:templates": (administrator(200), NO),
    "desk:new_template": (administrator(200), administrator(422)),
    "desk:new_template_preview": (administrator(200), administrator(200)),
    "desk:template": (administrator(404), administrator(404)),
    "desk:template_preview": (administrator(404), administrator(404)),
    "desk:categories": (administrator(200), NO),
    "desk:new_category": (administrator(200), administrator(422)),
    "desk:category": (administrator(200), administrator(422)),
    "desk:category_deed": (NO, administrator(302)),
    "desk:processes": (administrator(200), NO),
    "desk:choose_process": (NO, administrator(404)),
    "desk:process_versions": (administrator(200), NO),
    "desk:process_diff": (administrator(200), NO),
    "desk:try_process": (administrator(200), NO),
    "desk:move_runs": (administrator(200), administrator(200)),
    "desk:put_back_runs": (NO, administrator(404)),
    "desk:import_process": (administrator(200), administrator(422)),
    "desk:process_file": (administrator(404), NO),
    "desk:draft_file": (administrator(404), NO),
    "desk:process_understood": (administrator(404), NO),
    "desk:rule_file": (administrator(200), NO),
    "desk:import_rule": (administrator(200), administrator(422)),
    "desk:new_process": (administrator(200), administrator(422)),
    "desk:process_draft": (administrator(404), administrator(404)),
    "desk:publish_process": (NO, administrator(404)),
    "desk:drop_process": (NO, administrator(404)),
    "desk:begin_draft": (NO, administrator(404)),
    "desk:incidents": (administrator(200), NO),
    "desk:incident": (NO, administrator(404)),
    # mail that could not be read
    "desk:unread": (registrars(200), NO),
    "desk:unread_mail": (registrars(404), NO),
    "desk:unread_original": (registrars(404), NO),
    "desk:unread_readings": (NO, registrars(404)),
    "desk:unread_complaint": (NO, registrars(404)),
    "desk:unread_aside": (NO, registrars(404)),
    # complaints
    "desk:home": (staff(302), NO),
    "desk:folder": (staff(200), NO),
    "desk:next": (staff(302), NO),
    "desk:open_promises": (only({"manager"}, 200), only({"manager"}, 422)),
    "desk:overview": (only({"manager", "auditor"}, 200), NO),
    "desk:board": (only({"manager", "auditor"}, 200), NO),
    "desk:list": (staff(200), NO),
    "desk:narrow": (staff(200), NO),
    "desk:columns": (NO, staff(302)),
    "desk:views": (NO, staff(302)),
    "desk:forget_view": (NO, staff(302)),
    "desk:exports": (staff(200), only(set(ROLES) - {"anonymous", "administrator"}, 302)),
    "desk:cancel_export": (NO, staff(404)),
    "desk:export_file": (staff(404), NO),
    "desk:together": (NO, staff(200)),
    "desk:keys": (staff(200), NO),
    "desk:search": (staff(200), NO),
    "desk:register": (registrars(200), registrars(422)),
    "desk:intake_history": (registrars(200), NO),
    "desk:draft": (NO, readers(204)),
    "desk:insert": (NO, staff(404)),
    "desk:unlink": (NO, staff(404)),
    "desk:complaint": (readers(200), NO),
    "desk:flag": (NO, readers(302)),
    "desk:file": (readers(200), NO),
    "desk:message_frame": (readers(200), NO),
    "desk:circulation": (readers(200), NO),
    "desk:process": (readers(200), NO),
    "desk:referral": (NO, readers(422)),
    "desk:step": (NO, staff(404)),
    "desk:deed": (NO, readers(422)),
}
