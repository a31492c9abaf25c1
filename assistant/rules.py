"""What Python can decide on a condition: every rule gives its words as evidence, or leaves the condition to a person.

A conditions file names rules by the keys of `RULES`.
"""

from collections.abc import Mapping

from assistant.rule_pledge import truthfulness_pledge
from assistant.rule_registration import registered_or_active
from assistant.rule_types import Rule

RULES: Mapping[str, Rule] = {
    "registered_or_active": registered_or_active,
    "truthfulness_pledge": truthfulness_pledge,
}
