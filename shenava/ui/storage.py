"""Static files under names that hold their hash; imports between our modules are rewritten too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ManifestStorage(CompressedManifestStaticFilesStorage):
    """Hashed names for style sheets, fonts and modules."""

    support_js_module_import_aggregation = True
