"""Forms for getting in and for one's own account."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shenava.common.fields import EmailAddressField, LineField, NameField
from shenava.people.models import Organisation, Party, User
from shenava.people.passwords import refuse_weak
from shenava.ui.fields import ComingDateInput, DateField


class PasswordField(forms.CharField):
    """A password: long enough, kept as typed, and not a novel."""

    def __init__(self, *, new: bool = False, **kwargs: Any) -> None:
        complete = "new-password" if new else "current-password"
        widget = forms.PasswordInput(attrs={"autocomplete": complete, "dir": "ltr"})
        super().__init__(widget=widget, strip=False, max_length=1000, **kwargs)


class LoginForm(forms.Form):
    """E-mail and password."""

    email = EmailAddressField(label=_("E-mail"))
    password = PasswordField(label=_("Password"))


class SecondFactorForm(forms.Form):
    """The code of the second factor."""

    code = LineField(
        label=_("Code"),
        help_text=_("Six digits from your authenticator app, or one of your recovery codes."),
        max_length=20,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "dir": "ltr",
        }


class ResetRequestForm(forms.Form):
    """Whose password is to be reset."""

    email = EmailAddressField(label=_("E-mail"))


class NewPasswordForm(forms.Form):
    """A new password, by a link that was mailed."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=300, required=False)
    password = PasswordField(
        label=_("New password"),
        new=True,
        help_text=_("At least 12 characters; a sentence is easy to keep in mind."),
    )

    def clean_password(self) -> str:
        """Long, and not one of the passwords everybody has."""
        password: str = self.cleaned_data["password"]
        refuse_weak(password)
        return password


class InvitationForm(NewPasswordForm):
    """What somebody who was invited tells about himself."""

    name = NameField(label=_("First and family name"))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    field_order = ["token", "name", "language", "password"]


class ChangePasswordForm(NewPasswordForm):
    """A new password, by somebody who knows the old one."""

    old = PasswordField(label=_("Present password"))
    field_order = ["token", "old", "password"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """As for everybody, and not made of one's own address."""
        password: str = self.cleaned_data["password"]
        refuse_weak(password, self.user)
        return password

    def clean_old(self) -> str:
        """The present password must be right."""
        old: str = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise forms.ValidationError(_("This is not your present password."))
        return old


class PreferencesForm(forms.Form):
    """How one reads."""

    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("as the organisation")), *settings.LANGUAGES], required=False
    )
    calendar = forms.ChoiceField(
        label=_("Calendar"),
        choices=[("", _("as the language")), *Organisation.CalendarKind.choices],
        required=False,
    )


class DeputyForm(forms.Form):
    """Who stands in, from which day to which."""

    deputy = forms.ModelChoiceField(label=_("Colleague"), queryset=Party.objects.none(), empty_label=_("Choose…"))
    first_day = DateField(label=_("First day"), widget=ComingDateInput)
    last_day = DateField(label=_("Last day"), widget=ComingDateInput)

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = Party.objects.staff().exclude(pk=party.pk).order_by("name")
        self.fields["deputy"].queryset = colleagues  # type: ignore[attr-defined]

    def period(self) -> tuple[datetime, datetime]:
        """From the beginning of the first day to the end of the last, where the organisation is."""
        zone = timezone.get_current_timezone()
        first, last = self.cleaned_data["first_day"], self.cleaned_data["last_day"]
        return datetime.combine(first, time(), zone), datetime.combine(last + timedelta(days=1), time(), zone)


class EnrolForm(forms.Form):
    """Proves that the authenticator app has the secret."""

    code = LineField(label=_("The six digits that the app shows now"), max_length=10)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "dir": "ltr",
        }
