"""Which open complaints go over to the version in force, and where the work of steps goes that are there no more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shenava.desk.drawn_words import DrawnWords
from shenava.process.models import Migration
from shenava.process.planning import Place

NEW_ONLY = "new"
MODES = (
    (NEW_ONLY, _("Only new complaints follow it; open ones keep theirs")),
    (Migration.Mode.UNAFFECTED, _("Open ones, too, where nothing they have passed has changed")),
    (Migration.Mode.CHOSEN, _("All open ones for which there is a place")),
)


class MoveForm(forms.Form):
    """How far it goes, and a choice for every step that is gone and where complaints wait."""

    mode = forms.ChoiceField(label=_("Which ones"), choices=MODES, initial=NEW_ONLY, widget=forms.RadioSelect)

    def __init__(self, *args: Any, places: Iterable[Place], old: DrawnWords, new: DrawnWords, **more: Any) -> None:
        super().__init__(*args, **more)
        self.gone = [place.node.key for place in places if place.is_gone]
        for place in places:
            if place.is_gone:
                choices = [("", _("It stays where it is")), *((one.key, new.name_of(one)) for one in place.choices)]
                label = _("{step}: where does its work go?").format(step=old.name_of(place.node))
                self.fields[f"to_{place.node.key}"] = forms.ChoiceField(label=label, choices=choices, required=False)

    def mapping(self) -> dict[str, str]:
        """For the steps that are gone, the step that gets their work."""
        said = {key: self.cleaned_data[f"to_{key}"] for key in self.gone}
        return {key: to for key, to in said.items() if to}

    def places(self) -> list[forms.BoundField]:
        """The fields of the steps that are gone."""
        return [self[f"to_{key}"] for key in self.gone]
