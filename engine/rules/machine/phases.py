"""The phases of a pace in a block of lanes, as numba compiles them.

What all lanes do is executed for all at once; what few do, such as a move's effects or a vote, lane by lane. What is
random is drawn by the run's own number. The rules of ``docs/design.md``, section 5, hold statement by statement.

Every function is handed the same arrays (see :mod:`engine.rules.machine.program`): the code, the tables ``t`` and the
keys of streams, the limits of rows, the memory, and two workbenches ``w`` (whole numbers) and ``x`` (numbers), with
``at``, which says where each table and each part of a workbench begins.
"""

from __future__ import annotations

from numba import njit

from engine.rules.layout import NEVER, NO_STAMP
from engine.rules.machine import program as p
from engine.rules.machine.arithmetic import exponential, held, power, uniforms
from engine.rules.machine.executor import LANES, execute_all, execute_one

CERTAINLY_ABOVE = 1e-15
"""More than what rounding can add to a chance."""

WORTH_ALL = 4
"""In so many lanes that vote, leanings are worked out for all lanes at once."""

ADDED, SET = 1, 2
"""Marks of a row that changes."""


@njit(inline="always", error_model="numpy")
def touch(w, at, row, mark):
    """Note that a row changes in this way; whether it does so for the first time."""
    marks = w[at.marks + row]
    if marks == 0:
        w[at.touched + w[at.touches]] = row
        w[at.touches] += 1
    w[at.marks + row] = marks | mark
    return not marks & mark


@njit(inline="always", error_model="numpy")
def change(t, w, x, at, lane, effect, one):
    """One place of an effect that takes place; what is delayed is written down for later."""
    row, amount = t[at.changes + one, p.C_ROW], x[at.amounts + one]
    if t[at.effects + effect, p.E_TURNS]:
        due = w[at.dues]
        first = at.due + p.DUE_COLUMNS * due
        w[first + p.D_LANE], w[first + p.D_TURNS] = lane, t[at.effects + effect, p.E_TURNS]
        w[first + p.D_ROW], w[first + p.D_SETS] = row, t[at.changes + one, p.C_SETS]
        x[at.due_amounts + due] = amount
        w[at.dues] = due + 1
    elif t[at.changes + one, p.C_SETS]:
        x[at.sets + row] = amount if touch(w, at, row, SET) else max(x[at.sets + row], amount)
    else:
        x[at.adds + row] = amount if touch(w, at, row, ADDED) else x[at.adds + row] + amount


@njit(error_model="numpy")
def take_place(limits, memory, w, x, at, lane):
    """The changes of a phase, in one lane: sums, then what is set, then the ranges, then the stamps."""
    for n in range(w[at.touches]):
        row = w[at.touched + n]
        value, marks = memory[p.FIRST_ROW + row, lane], w[at.marks + row]
        if marks & ADDED:
            value += x[at.adds + row]
        if marks & SET:
            value = value * 0.0 + x[at.sets + row]
        value = held(value, limits[0, row], limits[1, row])
        memory[p.FIRST_ROW + row, lane] = value
        w[at.marks + row] = 0
        if w[at.stamps + row] != p.NONE:
            stamp = p.FIRST_ROW + w[at.stamps + row]
            is_up, was_up = value != 0.0, memory[stamp, lane] != NO_STAMP
            if is_up and not was_up:
                memory[stamp, lane] = memory[at.clock, lane]
            elif was_up and not is_up:
                memory[stamp, lane] = NO_STAMP
    w[at.touches] = 0


@njit(inline="always", error_model="numpy")
def takes_place(code, t, memory, x, at, lane, effect, u):
    """Whether an effect takes place in a lane; if so its amounts are worked out."""
    row = at.effects + effect
    if t[row, p.E_START] < t[row, p.E_END]:
        execute_one(code, t[row, p.E_START], t[row, p.E_END], memory, lane)
    if t[row, p.E_WHEN] != p.NONE and memory[t[row, p.E_WHEN], lane] == 0.0:
        return False
    if t[row, p.E_CHANCE] != p.NONE:
        slot = t[row, p.E_UNIFORM]
        drawn = u[0] if slot == 0 else u[1] if slot == 1 else u[2] if slot == 2 else u[3]
        if not drawn < memory[t[row, p.E_CHANCE], lane]:
            return False
    for one in range(t[row, p.E_FIRST], t[row, p.E_LAST]):
        x[at.amounts + one] = memory[t[at.changes + one, p.C_AMOUNT], lane]
    return True


@njit(inline="always", error_model="numpy")
def drawn_for(t, keys, at, number, seed, run, turn):
    """The uniforms of a list of effects, where it has any chance."""
    if t[at.lists + number, p.L_DRAWS]:
        return uniforms(seed, keys[at.list_keys + number], run, turn)
    return 1.0, 1.0, 1.0, 1.0


@njit(error_model="numpy")
def cause(code, t, keys, memory, w, x, at, lane, number, seed, run, turn):
    """A list of effects that happens in a lane."""
    first, last = t[at.lists + number, p.L_FIRST], t[at.lists + number, p.L_LAST]
    if first < last:
        u = drawn_for(t, keys, at, number, seed, run, turn)
        for effect in range(first, last):
            if takes_place(code, t, memory, x, at, lane, effect, u):
                for one in range(t[at.effects + effect, p.E_FIRST], t[at.effects + effect, p.E_LAST]):
                    change(t, w, x, at, lane, effect, one)


@njit(error_model="numpy")
def happen(code, t, keys, limits, memory, w, x, at, group, runs, seed, turn):
    """The events of a group: each is judged on the world as it stands, and all take place together."""
    execute_all(code, t[at.groups + group, p.G_START], t[at.groups + group, p.G_END], memory, 0)
    possible = 0
    for number in range(t[at.groups + group, p.G_FIRST], t[at.groups + group, p.G_LAST]):
        if holds_somewhere(memory, t[at.events + number, p.V_WHEN]):
            w[at.possible + possible] = number
            possible += 1
    for lane in range(len(runs)):
        if memory[p.OPEN, lane] != 0.0:
            for n in range(possible):
                event = at.events + w[at.possible + n]
                kept = t[event, p.V_MEMORY]
                is_fresh = kept == p.NONE or memory[p.FIRST_ROW + kept, lane] == NEVER
                if is_fresh and memory[t[event, p.V_WHEN], lane] != 0.0:
                    happen_to_one(code, t, keys, memory, w, x, at, w[at.possible + n], lane, runs[lane], seed, turn)
            take_place(limits, memory, w, x, at, lane)


@njit(inline="always", error_model="numpy")
def holds_somewhere(memory, slot):
    """Whether a yes/no holds in any lane."""
    some = False
    for lane in range(LANES):
        some |= memory[slot, lane] != 0.0
    return some


@njit(error_model="numpy")
def happen_to_one(code, t, keys, memory, w, x, at, number, lane, run, seed, turn):
    """An event that nothing but chance is against, in one lane."""
    event = at.events + number
    u = uniforms(seed, keys[at.event_keys + number], run, turn)
    if t[event, p.V_CHANCE] != p.NONE:
        chance = memory[t[event, p.V_CHANCE], lane]
        if t[event, p.V_WEEKLY]:
            chance = 1.0 - power(1.0 - chance, x[at.weeks])
        if not u[0] < chance:
            return
    execute_one(code, t[event, p.V_START], t[event, p.V_END], memory, lane)
    outcome = drawn_outcome(t, memory, x, at, lane, t[event, p.V_FIRST], t[event, p.V_LAST], u[1])
    cause(code, t, keys, memory, w, x, at, lane, t[event, p.V_LIST], seed, run, turn)
    if outcome != p.NONE:
        cause(code, t, keys, memory, w, x, at, lane, t[at.outcomes + outcome, p.U_LIST], seed, run, turn)
    if t[event, p.V_MEMORY] != p.NONE:
        memory[p.FIRST_ROW + t[event, p.V_MEMORY], lane] = memory[at.clock, lane]


@njit(error_model="numpy")
def drawn_outcome(t, memory, x, at, lane, first, last, u):
    """Which outcome an event has, by its weights, or NONE."""
    if first == last:
        return p.NONE
    reached = 0.0
    for n in range(first, last):
        weight = max(memory[t[at.outcomes + n, p.U_WEIGHT], lane], 0.0)
        reached = weight if n == first else reached + weight
        x[at.sums + n - first] = reached
    if not reached > 0.0:
        return p.NONE
    number = first
    for n in range(last - first):
        number += x[at.sums + n] <= u * reached
    return number if number < last else p.NONE


@njit(error_model="numpy")
def choose(t, keys, memory, w, x, at, runs, seed, turn):
    """What every actor does by the rule: in each lane, options in the order in which they are carried out."""
    w[at.moved : at.moved + LANES] = 0
    for actor in range(at.many_actors):
        first, last = t[at.actors + actor, p.A_FIRST], t[at.actors + actor, p.A_LAST]
        if first < last:
            add_up(memory, x, at, first, last)
            for lane in range(len(runs)):
                total = x[at.totals + lane]
                if total > 0.0 and memory[p.OPEN, lane] != 0.0:
                    u = uniforms(seed, keys[at.actor_keys + actor], runs[lane], turn)
                    most = x[at.step] * total
                    # 1 - exp(-most) is no more than most, so most draws need no exponential
                    if u[0] <= most + CERTAINLY_ABOVE and u[0] < 1.0 - exponential(-most):
                        pick(t, memory, w, at, lane, first, last, u[1] * total)


@njit(inline="always", error_model="numpy")
def add_up(memory, x, at, first, last):
    """The sum of an actor's rates, in every lane."""
    for lane in range(LANES):
        x[at.totals + lane] = memory[at.rates + first, lane]
    for option in range(first + 1, last):
        for lane in range(LANES):
            x[at.totals + lane] += memory[at.rates + option, lane]


@njit(error_model="numpy")
def pick(t, memory, w, at, lane, first, last, upto):
    """An option of an actor that moves, put in its place among the lane's moves."""
    rank, reached = 0, 0.0
    for option in range(first, last):
        rate = memory[at.rates + option, lane]
        reached = rate if option == first else reached + rate
        rank += reached <= upto
    chosen = first + min(rank, last - first - 1)
    if memory[at.rates + chosen, lane] > 0.0:
        moves = at.moves + lane * at.many_actors
        n, order = w[at.moved + lane], t[at.options + chosen, p.O_ORDER]
        w[at.moved + lane] += 1
        while n > 0 and t[at.options + w[moves + n - 1], p.O_ORDER] > order:
            w[moves + n] = w[moves + n - 1]
            n -= 1
        w[moves + n] = chosen


@njit(error_model="numpy")
def act(code, t, keys, limits, memory, w, x, at, lane, run, seed, turn):
    """All moves of a lane take effect together; questions that are tabled are marked."""
    first, done = at.moves + lane * at.many_actors, 0
    while done < w[at.moved + lane]:
        block, upto = t[at.options + w[first + done], p.O_BLOCK], done
        while upto < w[at.moved + lane] and t[at.options + w[first + upto], p.O_BLOCK] == block:
            upto += 1
        together(code, t, keys, memory, w, x, at, lane, first + done, first + upto, seed, run, turn)
        for n in range(first + done, first + upto):
            option = at.options + w[n]
            if t[option, p.O_MEMORY] != p.NONE:
                memory[p.FIRST_ROW + t[option, p.O_MEMORY], lane] = memory[at.clock, lane]
            if t[option, p.O_QUESTION] != p.NONE:
                w[at.tabled + t[option, p.O_QUESTION] * LANES + lane] = 1
        done = upto
    take_place(limits, memory, w, x, at, lane)


@njit(error_model="numpy")
def together(code, t, keys, memory, w, x, at, lane, first, last, seed, run, turn):
    """The effects of one action, done by one or several: effect by effect, place by place, doer by doer."""
    base = t[at.options + w[first], p.O_LIST]
    if last == first + 1:
        cause(code, t, keys, memory, w, x, at, lane, base, seed, run, turn)
        return
    for n in range(first, last):
        number = t[at.options + w[n], p.O_LIST]
        u = drawn_for(t, keys, at, number, seed, run, turn)
        for effect in range(t[at.lists + number, p.L_FIRST], t[at.lists + number, p.L_LAST]):
            w[at.takes + effect] = takes_place(code, t, memory, x, at, lane, effect, u)
    for nth in range(t[at.lists + base, p.L_LAST] - t[at.lists + base, p.L_FIRST]):
        effect = at.effects + t[at.lists + base, p.L_FIRST] + nth
        for place in range(t[effect, p.E_LAST] - t[effect, p.E_FIRST]):
            for n in range(first, last):
                own = t[at.lists + t[at.options + w[n], p.O_LIST], p.L_FIRST] + nth
                if w[at.takes + own]:
                    change(t, w, x, at, lane, own, t[at.effects + own, p.E_FIRST] + place)


@njit(error_model="numpy")
def vote(code, t, keys, limits, memory, w, x, at, runs, seed, turn):
    """The questions that are tabled are decided, one after the other; each in all lanes in which it is tabled."""
    for question in range(at.many_questions):
        tabled = at.tabled + question * LANES
        many = 0
        for lane in range(LANES):
            many += w[tabled + lane]
        if many:
            sitting = at.sittings + t[at.sitting_of + turn * at.many_questions + question, 0]
            start, end = t[sitting, p.S_START], t[sitting, p.S_END]
            if many >= WORTH_ALL:
                execute_all(code, start, end, memory, 0)
            for lane in range(len(runs)):
                if w[tabled + lane]:
                    w[tabled + lane] = 0
                    if many < WORTH_ALL:
                        execute_one(code, start, end, memory, lane)
                    passed = is_passed(code, t, keys, memory, at, lane, sitting, seed, runs[lane], turn)
                    follows = t[at.decided + question, 0 if passed else 1]
                    cause(code, t, keys, memory, w, x, at, lane, follows, seed, runs[lane], turn)
                    take_place(limits, memory, w, x, at, lane)


@njit(error_model="numpy")
def is_passed(code, t, keys, memory, at, lane, sitting, seed, run, turn):
    """Whether a question passes before those who sit, by their drawn votes."""
    body, area = t[sitting, p.S_BODY], t[sitting, p.S_AREA]
    score, someone, blocked = 0, False, False
    for seat in range(t[sitting, p.S_MEMBERS]):
        yes, no = memory[area + 2 * seat, lane], memory[area + 2 * seat + 1, lane]
        u = uniforms(seed, keys[at.member_keys + t[sitting, p.S_KEYS] + seat], run, turn)[0]
        member = body + 1 + seat
        if u < no:
            score -= code[member, p.M_LOSS]
            blocked |= code[member, p.M_BLOCKS] != 0
        elif u >= 1.0 - yes:
            score += code[member, p.M_GAIN]
            someone |= code[member, p.M_WEIGHS] != 0
    return score >= code[body, p.B_NEEDED] and not blocked and (someone or not code[body, p.B_SOMEONE])


@njit(nogil=True, cache=True, error_model="numpy")
def first_half(code, t, keys, limits, memory, w, x, at, runs, seed, turn):
    """Dated events, appraisal, moves, votes and drift of a pace, in a block of lanes."""
    group = t[at.group_of + turn, 0]
    if group != p.NONE:
        happen(code, t, keys, limits, memory, w, x, at, group, runs, seed, turn)
    memory[at.rates : at.rates + at.many_options] = 0.0
    execute_all(code, t[at.stretches, 0], t[at.stretches, 1], memory, 0)
    choose(t, keys, memory, w, x, at, runs, seed, turn)
    for lane in range(len(runs)):
        if w[at.moved + lane]:
            act(code, t, keys, limits, memory, w, x, at, lane, runs[lane], seed, turn)
    vote(code, t, keys, limits, memory, w, x, at, runs, seed, turn)
    execute_all(code, t[at.stretches + 1, 0], t[at.stretches + 1, 1], memory, 0)


@njit(nogil=True, cache=True, error_model="numpy")
def second_half(code, t, keys, limits, memory, w, x, at, runs, seed, turn, clock, is_last, ending):
    """What happens by chance, and how a pace closes, in a block of lanes."""
    group = t[at.group_of + at.many_paces, 0]
    if group != p.NONE:
        happen(code, t, keys, limits, memory, w, x, at, group, runs, seed, turn)
    for lane in range(len(runs)):
        if memory[p.OPEN, lane] != 0.0:
            memory[at.clock, lane] = clock
    execute_all(code, t[at.stretches + 2, 0], t[at.stretches + 2, 1], memory, 0)
    for lane in range(len(runs)):
        if memory[p.OPEN, lane] != 0.0:
            for number in range(at.many_endings):
                holds = t[at.endings + number, p.N_HOLDS]
                is_asked = is_last or (holds != p.NONE and not t[at.endings + number, p.N_AT_END])
                if is_asked and (holds == p.NONE or memory[holds, lane] != 0.0):
                    ending[lane] = number
                    break
