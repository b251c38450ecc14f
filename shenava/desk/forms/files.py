"""Files in a form of the desk: several at once, by the same rules as everywhere.

Those of an opinion are taken in with the verb; enclosures are taken in at once and kept until the verb is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from shenava.attachments import store
from shenava.attachments.models import File
from shenava.people.models import Party

MEGABYTE = 1024 * 1024
Uploads = Sequence["UploadedFile[Any]"]


class FilesInput(forms.FileInput):
    """Chosen or dropped; a script says at once what is too large."""

    template_name = "desk/parts/files_input.html"
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """All that were chosen, not only the last."""
        return files.getlist(name) if hasattr(files, "getlist") else []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        limits = {"max_files": settings.MAX_FILES, "max_file_megabytes": settings.MAX_FILE_BYTES // MEGABYTE}
        return super().get_context(name, value, {"multiple": True, **(attrs or {})}) | limits


class FilesField(forms.Field):
    """Files to be taken in; cleaned, they are uploads that may be."""

    widget = FilesInput

    def __init__(self) -> None:
        super().__init__(label=_("Files"), required=False)

    def clean(self, value: Any) -> Uploads:
        """The uploads; raises one ValidationError that names everything amiss."""
        uploads = [one for one in value or () if isinstance(one, UploadedFile)]
        store.check_uploads(uploads)
        return uploads


class EnclosuresInput(FilesInput):
    """Shows what was chosen before, each to be left out again."""

    kept: Sequence[File] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"files": self.kept}


class EnclosuresField(forms.Field):
    """Files that go along with what is written; cleaned, they are the files that were taken in so far."""

    widget = EnclosuresInput

    def __init__(self) -> None:
        super().__init__(label=_("Files"), required=False)
        self.refused: Sequence[str] = ()

    def hold(self, kept: Sequence[File]) -> None:
        """These were taken in."""
        self.widget.kept = kept

    def clean(self, value: Any) -> tuple[File, ...]:
        """The files; raises ValidationError with everything that was refused."""
        if self.refused:
            raise forms.ValidationError(list(self.refused))
        return tuple(self.widget.kept)


class EnclosingForm(forms.Form):
    """What is written, and the files that go along with it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"] = EnclosuresField()


def taken(uploads: Uploads, *, by: Party) -> tuple[File, ...]:
    """Take the files of a form in. Call it in the transaction of the verb that needs them."""
    return tuple(store.take_in(upload, name=upload.name or "", by=by) for upload in uploads)
