"""Findings about numbers, days and institutions."""

from engine.scenario.findings.examples import put_by
from engine.scenario.findings.finding import Finding

FINDINGS = (
    Finding(
        "E401",
        "ends that are the wrong way round",
        "The lower end of a range or scale is not below its upper end, or the first number of `between` is above the "
        "second.",
        "No number lies between them.",
        "values:\n  unrest: {range: [1, 0]}\n",
        "values:\n  unrest: {range: [0, 1]}\n",
    ),
    Finding(
        "E402",
        "a number off its scale",
        "A start or a position lies outside the issue's scale, or a value's start outside its range.",
        "The world is held to these ends, so the number could never be. Perhaps the scale runs the other way, or to "
        "another end.",
        "actors:\n  us:\n    stances:\n      status: {position: 190}\n",
        "actors:\n  us:\n    stances:\n      status: {position: 90}\n",
    ),
    Finding(
        "E403",
        "a scale that reaches too far",
        "The end of a scale or range lies beyond 1e9, either side of zero.",
        "Small changes would be lost in the last digit. Count in thousands or millions.",
        "values:\n  unrest: {range: [0, 1e12]}\n",
        "values:\n  unrest: {range: [0, 10]}\n",
    ),
    Finding(
        "E404",
        "a calendar without turns, or with too many",
        "The story ends before it begins, a turn is no whole number of paces, or there are more paces than allowed.",
        "A run goes through the calendar pace by pace, each of which costs time; and people are asked as a pace opens. "
        "Where nothing is said of it, a pace is a day; so a turn of hours needs a `pace`.",
        "pace: 1d\nstep: 1.5d\n",
        "pace: 12h\nstep: 1.5d\n",
    ),
    Finding(
        "E405",
        "a day outside the calendar",
        "A calendar entry lies after the end of the story, or more than a century before it.",
        "Nobody would live to see it. A wrong year is the usual reason.",
        "calendar:\n  deadline: {on: 2009-12-10}\n",
        "calendar:\n  deadline: {on: 2007-12-10}\n",
    ),
    Finding(
        "E406",
        "an event that never comes due",
        "A dated event lies before the calendar starts or after its last turn has opened.",
        "An event comes due when the first turn opens on its day or later. What lies in the last turn comes too late.",
        "events:\n  visit: {title: A visit, on: 2008-12-01, effects: [{add: {unrest: -0.1}}], assumed: example}\n",
        "events:\n  visit: {title: A visit, on: 2007-12-01, effects: [{add: {unrest: -0.1}}], assumed: example}\n",
    ),
    Finding(
        "E407",
        "a seat that ends before it begins",
        "The last day of a seat is earlier than its first.",
        "Nobody ever sits there. The two days were probably exchanged.",
        "institutions:\n  council:\n    seats: [{actor: russia}, {actor: us}, "
        "{actor: kosovo, from: 2008-01-15, until: 2008-01-01}]\n",
        "institutions:\n  council:\n    seats: [{actor: russia}, {actor: us}, "
        "{actor: kosovo, from: 2008-01-01, until: 2008-01-15}]\n",
    ),
    Finding(
        "W408",
        "a wait as long as the story",
        "The cooldown of an action is as long as the whole calendar.",
        "The action can only be taken once. `once: true` says so; otherwise the unit may be wrong.",
        "actions:\n  table_resolution: {cooldown: 30w}\n",
        "actions:\n  table_resolution: {cooldown: 3w}\n",
    ),
    Finding(
        "W409",
        "an effect that falls due too late",
        "The delay of an effect is longer than the calendar, or the day on which it is in force comes after the "
        "last pace has opened.",
        "It never falls due, though the actor reckons with it in full.",
        "actions:\n  table_resolution:\n    effects: [{delay: 40w, add: {status: 5}}]\n",
        "actions:\n  table_resolution:\n    effects: [{delay: 4w, add: {status: 5}}]\n",
    ),
    Finding(
        "I410",
        "a day that may be a year off",
        "A calendar entry lies farther before the start than the story is long, and would lie in it in another year.",
        "A wrong year is quickly written and never comes due.",
        "calendar:\n  visit: {on: 2006-12-01, title: A visit, summary: The envoys come once more., assumed: example}\n",
        "calendar:\n  visit: {on: 2007-12-01, title: A visit, summary: The envoys come once more., assumed: example}\n",
    ),
    Finding(
        "I411",
        "a tempo that means never, or always",
        "The mean wait of an actor who gains nothing by an action is more than ten times the calendar (or the time for "
        "which a reply is possible), or less than a fiftieth of a turn.",
        "Nobody comes to do it, or everybody does it in every turn. Perhaps the unit is wrong.",
        "actions:\n  warn: {tempo: 120w}\n",
        "actions:\n  warn: {tempo: 12w}\n",
    ),
    Finding(
        "W412",
        "a day in force that has passed",
        "The day on which an effect falls due lies before the calendar starts.",
        "What is caused later than its day falls due in the next pace, so here it always does. A wrong year is the "
        "usual reason; otherwise leave the day out.",
        "actions:\n  table_resolution: {in_force: 2007-01-15}\n",
        "actions:\n  table_resolution: {in_force: 2008-01-15}\n",
    ),
    Finding(
        "W413",
        "a day in force on which nothing begins",
        "An action says when its effects are in force, and has none, or only such as say so themselves.",
        "Players are told of a day on which nothing happens. Give the action the effect that is missing, or take the "
        "day away.",
        "actions:\n  declare: {in_force: 2008-01-15, effects: [{delay: 1w, set: {declared: true}}]}\n",
        "actions:\n  declare: {in_force: 2008-01-15, effects: [{set: {declared: true}}]}\n",
    ),
    Finding(
        "W414",
        "time to think that never runs out",
        "The time within which a question is to be answered is as long as the calendar or longer.",
        "The answer under `otherwise` never takes place in silence, and a person who leaves the question open is asked "
        "to the end of the story.",
        put_by("{ask: reply}").replace("within: 1w", "within: 20w"),
        put_by("{ask: reply}"),
    ),
    Finding(
        "E501",
        "nothing can pass",
        "On some day those who sit in an institution are too few, or of too little weight, for anything to pass; or "
        "nobody sits in it at all.",
        "Every question would fail. Seats are dated: look at who sits on the day that the message names.",
        "institutions:\n  council:\n    pass: {yes: 4}\n",
        "institutions:\n  council:\n    pass: {yes: 2}\n",
    ),
    Finding(
        "E502",
        "one actor in two seats",
        "An actor sits in two seats of an institution at the same time.",
        "It would have two votes. Where it leaves and comes back, the terms must not overlap.",
        "institutions:\n  council:\n    seats: [{actor: russia}, {actor: us}, {actor: us}]\n",
        "institutions:\n  council:\n    seats: [{actor: russia}, {actor: us}, {actor: kosovo}]\n",
    ),
    Finding(
        "I505",
        "weights that are one off a round sum",
        "The weights of an institution add up to 99, 101, 999 or 1001.",
        "One of them is probably wrong by one, and a quota that is counted from a hundred misses by it.",
        "institutions:\n  council:\n"
        "    pass: {yes: null, quota: 51, veto: [], weights: {russia: 40, us: 30, kosovo: 29}}\n",
        "institutions:\n  council:\n"
        "    pass: {yes: null, quota: 51, veto: [], weights: {russia: 40, us: 30, kosovo: 30}}\n",
    ),
    Finding(
        "W503",
        "a seat that nobody takes",
        "The term of a seat lies outside the calendar, or between the opening days of two turns.",
        "Whoever it names never votes in this story.",
        "institutions:\n  council:\n    seats: [{actor: russia}, {actor: us}, {actor: kosovo, from: 2009-01-01}]\n",
        "institutions:\n  council:\n    seats: [{actor: russia}, {actor: us}, {actor: kosovo, from: 2008-01-01}]\n",
    ),
    Finding(
        "W504",
        "an institution that never votes",
        "No action tables a question in the institution.",
        "Players see its seats and wait for a vote that can't come.",
        "institutions:\n  court: {title: The court, seats: [{actor: us}], pass: {yes: 1}, assumed: example}\n",
        "institutions:\n  council: {title: The court}\n",
    ),
)
