"""What Python can decide on a condition: every rule gives its words as evidence, or leaves the condition to a person.

A conditions file names rules by the keys of `RULES`.
"""

from collections.abc import Mapping

from assistant.checking.rule_pledge import truthfulness_pledge
from assistant.checking.rule_registration import registered_or_active
from assistant.checking.rule_types import Rule
from assistant.conditions.schema import RuleName

RULES: Mapping[RuleName, Rule] = {
    "registered_or_active": registered_or_active,
    "truthfulness_pledge": truthfulness_pledge,
}
