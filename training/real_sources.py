# SPDX-License-Identifier: GPL-3.0-or-later
"""All real documents with gold that the modules real_clinical, real_contracts and real_invoices know."""

import real_clinical
import real_contracts
import real_invoices
from real_documents import rough_tokens

# A text without line breaks may stay longer than a window; beyond this many tokens it is left out.
_TOO_LONG = 480


def load(root, split):
    """Every document of a split ("train", "tune" or "test"); a source that is not there is skipped."""
    documents = []
    for module in (real_contracts, real_invoices, real_clinical):
        for source in module.SOURCES:
            documents += [document for document in source(root, split) if rough_tokens(document.text) <= _TOO_LONG]
    return documents
