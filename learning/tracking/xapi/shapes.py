"""The formats in which statements are returned: ids and canonical; exact is how they are stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from learning.tracking.xapi.activities import IDENTIFIERS

Change = Callable[[dict[str, Any]], dict[str, Any]]


def ids_only(statement: dict[str, Any]) -> dict[str, Any]:
    """Agents, groups, activities and verbs by what identifies them, no more."""
    return _changed(statement, actor=_bare_actor, verb=_bare, activity=_bare)


def canonical(statement: dict[str, Any], definitions: Mapping[str, dict[str, Any]], languages: str) -> dict[str, Any]:
    """Activities as the store knows them, and of each language map the one entry that suits the reader."""

    def known(activity: dict[str, Any]) -> dict[str, Any]:
        definition = definitions.get(activity["id"]) or activity.get("definition")
        return {**activity, "definition": _in_language(definition, languages)} if definition else activity

    def shown(verb: dict[str, Any]) -> dict[str, Any]:
        return {**verb, "display": pick(verb["display"], languages)} if "display" in verb else verb

    changed = _changed(statement, actor=lambda actor: actor, verb=shown, activity=known)
    if "attachments" in changed:
        changed["attachments"] = [_shown_attachment(one, languages) for one in changed["attachments"]]
    return changed


def pick(language_map: dict[str, str], languages: str) -> dict[str, str]:
    """The entry that an Accept-Language header prefers; Vietnamese, English or the first one if it prefers none."""
    tags = {tag.lower(): tag for tag in language_map}
    for wanted in [*_ranges(languages), "vi", "en"]:
        found = tags.get(wanted) or next((tags[tag] for tag in tags if tag.startswith(f"{wanted}-")), None)
        if found is None and (short := wanted.partition("-")[0]) != wanted:
            found = tags.get(short)
        if found is not None:
            return {found: language_map[found]}
    return dict(list(language_map.items())[:1])


def _shown_attachment(attachment: dict[str, Any], languages: str) -> dict[str, Any]:
    maps: dict[str, Any] = {
        name: pick(attachment[name], languages) for name in ("display", "description") if name in attachment
    }
    return {**attachment, **maps}


def _ranges(languages: str) -> list[str]:
    weighed = []
    for place, entry in enumerate(languages.split(",")):
        tag, _semicolon, weight = entry.partition(";")
        number = weight.strip().removeprefix("q=")
        quality = float(number) if number.replace(".", "", 1).isdecimal() and number.isascii() else 1.0
        if tag.strip() and quality > 0:
            weighed.append((-quality, place, tag.strip().lower()))
    return [tag for _quality, _place, tag in sorted(weighed)]


def _in_language(definition: dict[str, Any], languages: str) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for name, value in definition.items():
        if name in ("name", "description"):
            shown[name] = pick(value, languages)
        elif name in ("choices", "scale", "source", "target", "steps"):
            shown[name] = [
                {**one, "description": pick(one["description"], languages)} if "description" in one else one
                for one in value
            ]
        else:
            shown[name] = value
    return shown


def _changed(part: dict[str, Any], *, actor: Change, verb: Change, activity: Change) -> dict[str, Any]:
    """The statement or sub-statement with each agent, verb and activity changed."""
    whole = {**part, "actor": actor(part["actor"]), "verb": verb(part["verb"])}
    target = part["object"]
    kind = target.get("objectType", "Activity")
    if kind == "Activity":
        whole["object"] = activity(target)
    elif kind in ("Agent", "Group"):
        whole["object"] = actor(target)
    elif kind == "SubStatement":
        whole["object"] = _changed(target, actor=actor, verb=verb, activity=activity)
    if "context" in part:
        whole["context"] = _changed_context(part["context"], actor, activity)
    if "authority" in part:
        whole["authority"] = actor(part["authority"])
    return whole


def _changed_context(context: dict[str, Any], actor: Change, activity: Change) -> dict[str, Any]:
    whole = dict(context)
    for name in ("instructor", "team"):
        if name in whole:
            whole[name] = actor(whole[name])
    if "contextActivities" in whole:
        whole["contextActivities"] = {
            name: [activity(one) for one in found] for name, found in whole["contextActivities"].items()
        }
    for name, inner in (("contextAgents", "agent"), ("contextGroups", "group")):
        if name in whole:
            whole[name] = [{**entry, inner: actor(entry[inner])} for entry in whole[name]]
    return whole


def _bare(thing: dict[str, Any]) -> dict[str, Any]:
    return {"id": thing["id"]}


def _bare_actor(actor: dict[str, Any]) -> dict[str, Any]:
    bare = {name: actor[name] for name in ("objectType", *IDENTIFIERS) if name in actor}
    if actor.get("objectType") == "Group" and len(bare) == 1:
        bare["member"] = [_bare_actor(member) for member in actor.get("member", [])]
    return bare
