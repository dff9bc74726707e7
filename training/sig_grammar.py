# SPDX-License-Identifier: GPL-3.0-or-later
"""A grammar of dose instructions ("take 1 tablet by mouth twice a day for 10 days as needed for pain")."""

import re

from page_text import is_word_end, is_word_start

KEYS = ("dose", "route", "frequency", "duration", "indication")

_N = r"(?:\d+(?:[.,]\d+)?(?: \d/\d)?(?:/\d+)?|one half|one|two|three|four|five|six|seven|eight|nine|ten|twelve|half|a half|an?)"
_COUNT = r"%s(?: ?(?:-|to|or) ?%s)?" % (_N, _N)
_FORM = (
    r"(?:tablets?|tabs?|caplets?|capsules?|caps?|pills?|puffs?|sprays?|drops?|gtts?|units?|patch(?:es)?|teaspoons?(?:fuls?)?|tsp|tablespoons?|tbsp|vials?|inhalations?|lozenges?|packets?|scoops?|suppository|suppositories|"
    r"applications?|applicatorfuls?|sachets?|doses?|milliliters?|ml|cc|mg|mcg|g|grams?|milligrams?|mEq|pens?|syringes?)"
)
DOSE = r"%s ?(?:\(\d+(?:\.\d+)?\) ?)?(?:of an? |\d+ ?mg )?%s" % (_COUNT, _FORM)
ROUTE = (
    r"(?:by oral route|by mouth|orally|oral|p\.?o\.?|per os|sublingually|sublingual|under the tongue|subcutaneously|subcutaneous|subq|sub-q|sq|sc|intramuscularly|im|intravenously|iv|topically|topical|rectally|vaginally|"
    r"per rectum|by inhalation(?: route)?|inhaled|inhale|via nebulizer|nasally|intranasally|in each nostril|in both nostrils|(?:in|into) (?:the |each |both )?(?:affected |right |left )?eyes?|transdermally|sl|pr)"
)
_TIMES = r"(?:once|twice|thrice|%s ?(?:x|times?))" % _COUNT
_PERIOD = r"(?:days?|d|weeks?|wks?|months?|hours?|hrs?|h|nights?|mornings?|evenings?)"
_ONE = (
    r"(?:(?:once |twice )?(?:daily|weekly|monthly|nightly)|%s(?: ?(?:per|an?|each|every|/|in the) ?%s| daily| weekly)|(?:once|twice)(?= )|every ?(?:other |%s ?(?:-|to)? ?)?(?:%s ?)?%s|every morning and every evening|"
    r"(?:q|Q) ?\.?\d+ ?(?:-|to) ?\d+ ?(?:h|hrs?|hours?)|q\.? ?\d+ ?(?:h|hrs?|hours?|d|days?|w|weeks?)|q\.?(?:d|h\.?s|a\.?m|p\.?m|o\.?d|i\.?d|h|w|m)\.?|b\.?i\.?d\.?|t\.?i\.?d\.?|q\.?i\.?d\.?|"
    r"(?:a|per|each) (?:day|week|month|night)|qday|qweek|qmonth)" % (_TIMES, _PERIOD, _N, _N, _PERIOD)
)
_WHEN = (
    r"(?:at bedtime|at night|before bed(?:time)?|nightly|hs|in the (?:morning|evening|afternoon)|in am|in pm|am|pm|every (?:morning|evening|night)|(?:with|before|after) (?:meals?|food|breakfast|lunch|dinner|supper|eating)|"
    r"(?:with|before|after) (?:each|every) meal|ac|pc|at noon|daily)"
)
PRN = r"(?:as needed|if needed|when needed|prn|p\.r\.n\.?)"
FREQUENCY = r"(?:(?:%s|%s)(?:,? (?:and )?%s)*(?:,? %s)?|as directed|%s)" % (_ONE, _WHEN, _WHEN, PRN, PRN)
DURATION = r"%s(?: more)? ?(?:days?|weeks?|wks?|months?|d)" % _COUNT
_INDICATION = r"[a-z][a-z\-]+(?:[ /](?:or |and |of )?[a-z][a-z\-]+){0,3}"

_SIG = re.compile(
    r"^(?:please )?(?:(?:take|inhale|use|inject|apply|instill|place|give|chew|dissolve|swallow|insert|spray|put|administer) )?"
    r"(?P<dose>%s)?(?: ?\(?[\d.]+ ?mg\)?)?(?:,? ?(?P<route>%s))?(?:,? ?(?P<frequency>%s))?(?:,? ?(?:for|x) ?(?P<duration>%s))?(?:,? ?%s)?(?: ?for (?P<indication>%s))?\.?$"
    % (DOSE, ROUTE, FREQUENCY, DURATION, PRN, _INDICATION),
    re.IGNORECASE,
)


def parse(text):
    """{key: span} when the whole of `text` is understood and has a dose and a frequency, else None."""
    match = _SIG.match(text)
    if not match or not match.group("dose") or not match.group("frequency"):
        return None
    if match.group("indication") and re.search(r"\b(?:days?|weeks?|months?|up|the|next|take|then|every)\b", match.group("indication"), re.IGNORECASE):
        return None
    fields = {key: match.span(key) for key in KEYS if match.group(key)}
    if all(is_word_start(text, begin) and is_word_end(text, end) for begin, end in fields.values()):
        return fields
    return None
