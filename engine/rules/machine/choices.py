"""How options, votes and outcomes are weighed and taken, as compiled code does it."""

from __future__ import annotations

import numpy as np
from numba import njit

from engine.rules.machine.arithmetic import uniforms
from engine.rules.machine.handover import LANES
from engine.rules.machine.lanes import ALL, LONG, NONE, ONE, among, fill, first_of, lanewise
from engine.rules.program import program as p

add = lanewise(lambda w, d, a, b, c, e: w.add(a, b))
multiply = lanewise(lambda w, d, a, b, c, e: w.mul(a, b))
add_product = lanewise(lambda w, d, a, b, c, e: w.add(d, w.mul(a, b)))
add_products = lanewise(lambda w, d, a, b, c, e: w.add(w.mul(a, b), w.mul(c, e)))
abstaining = lanewise(lambda w, d, a, b, c, e: w.higher(w.sub(w.sub(w.number(1.0), a), b), w.number(0.0)))
copy = lanewise(lambda w, d, a, b, c, e: a)
rate_of = lanewise(lambda w, d, a, b, c, e: w.rate(a, b, c, e), LONG)
chance_to_move = lanewise(lambda w, d, a, b, c, e: w.sub(w.number(1.0), w.exponential(w.mul(a, b))), LONG)
logistic = lanewise(lambda w, d, a, b, c, e: w.logistic(a), LONG)
cast = lanewise(lambda w, d, a, b, c, e: w.vote(a, b, c, e))


@njit(error_model="numpy")
def rates(memory, at, options, lane):
    """The rate of each option, where it is legal."""
    for option in range(at.options):
        legal, rate, gain = at.legal + option, at.rate + option, at.gain + option
        if among(memory, legal, lane) == NONE:
            fill(memory, lane, rate, 0.0)
        else:
            rate_of(memory, lane, rate, gain, options[option, p.O_TEMPERATURE], options[option, p.O_PER_TEMPO], legal)


@njit(error_model="numpy")
def choose(memory, at, options, actors, actor_keys, actor, pace, tick, seed, runs, lane):
    """An actor takes an option, or none."""
    low, high = actors[actor, p.A_FIRST], actors[actor, p.A_LAST]
    total, chance, days = len(memory) - 1, len(memory) - 2, len(memory) - 3
    copy(memory, lane, total, at.rate + low, 0, 0, 0)
    for option in range(low + 1, high):
        add(memory, lane, total, total, at.rate + option, 0, 0)
    lanes = among(memory, total, lane) & among(memory, at.free + actor, lane)
    if lanes == NONE:
        return
    fill(memory, lane, days, -pace)
    chance_to_move(memory, lane, chance, days, total, 0, 0)
    first = first_of(lanes)
    drawn, u = runs[first], uniforms(seed, actor_keys[actor], runs[first], tick)
    while lanes != NONE:
        one = first_of(lanes)
        lanes &= lanes - ONE
        if runs[one] != drawn:  # neighbours on the same chance are served by one number
            drawn, u = runs[one], uniforms(seed, actor_keys[actor], runs[one], tick)
        if u[0] < memory[chance, one]:
            take(memory, at, options, low, high, u[1], memory[total, one], one, False)


@njit(error_model="numpy")
def take(memory, at, options, low, high, u, total, lane, is_sure):
    """One of some options is taken, in proportion to its rate; where it has none, only if something must be."""
    chosen, reached = low, memory[at.rate + low, lane]
    while chosen < high - 1 and reached <= u * total:
        chosen += 1
        reached += memory[at.rate + chosen, lane]
    if is_sure or memory[at.rate + chosen, lane] > 0.0:
        memory[at.take + options[chosen, p.O_PLACE], lane] = 1.0


@njit(error_model="numpy")
def answer(memory, at, options, low, high, by, lane):
    """One of some options is taken, in proportion to its rate, where any has one."""
    total = len(memory) - 1
    copy(memory, lane, total, at.rate + low, 0, 0, 0)
    for option in range(low + 1, high):
        add(memory, lane, total, total, at.rate + option, 0, 0)
    lanes = among(memory, total, lane)
    while lanes != NONE:
        one = first_of(lanes)
        lanes &= lanes - ONE
        take(memory, at, options, low, high, memory[by, one], memory[total, one], one, True)


@njit(error_model="numpy")
def foresee(memory, into, area, body, code, lane):
    """The chance that a body lets a text pass, from its members' chances.

    The distribution of the score stands in the last slots of the memory, twice over, before a slot for those who stay.
    """
    many, needed = code[body, p.B_MEMBERS], code[body, p.B_NEEDED]
    lowest, highest = code[body, p.B_LOWEST], code[body, p.B_HIGHEST]
    size, spare = highest - lowest + 1, len(memory) - 1
    now, then = spare - size, spare - 2 * size
    fill(memory, lane, now - lowest, 1.0)
    low = high = -lowest
    for seat in range(many):
        low, high = vote_of(memory, area + 2 * seat, code, body + 1 + seat, now, then, low, high, spare, lane)
        now, then = then, now
    fill(memory, lane, spare, 0.0)
    for place in range(max(needed - lowest, low), high + 1):
        add(memory, lane, spare, spare, now + place, 0, 0)
    is_at_least_one = code[body, p.B_SOMEONE] and needed <= 0
    first, last = (0, LANES) if lane == ALL else (lane, lane + 1)
    for one in range(first, last):
        passing = memory[spare, one]
        if is_at_least_one:
            passing -= nobody(memory, area, code, body, one)
        memory[into, one] = min(max(passing, 0.0), 1.0)


@njit(error_model="numpy")
def vote_of(memory, yes, code, member, now, then, low, high, stays, lane):
    """What a member's vote makes of the distribution of the score between two places; its new lowest and highest."""
    no, gain, loss, blocks = yes + 1, code[member, p.M_GAIN], code[member, p.M_LOSS], code[member, p.M_BLOCKS]
    takes = 0 if blocks else loss
    abstaining(memory, lane, stays, yes, no, 0, 0)
    if gain == 0:
        add(memory, lane, stays, stays, yes, 0, 0)
    if loss == 0 and not blocks:
        add(memory, lane, stays, stays, no, 0, 0)
    for place in range(low - takes, high + gain + 1):
        has, up = low <= place <= high, gain > 0 and low <= place - gain <= high
        if has and up:
            add_products(memory, lane, then + place, now + place, stays, now + place - gain, yes)
        elif has:
            multiply(memory, lane, then + place, now + place, stays, 0, 0)
        elif up:
            multiply(memory, lane, then + place, now + place - gain, yes, 0, 0)
        else:
            fill(memory, lane, then + place, 0.0)
        if takes > 0 and low <= place + takes <= high:
            add_product(memory, lane, then + place, now + place + takes, no, 0, 0)
    return low - takes, high + gain


@njit(error_model="numpy")
def nobody(memory, area, code, body, lane):
    """The chance that nobody whose vote weighs is for it, and nobody blocks it."""
    chance = 1.0
    for seat in range(code[body, p.B_MEMBERS]):
        yes, no = memory[area + 2 * seat, lane], memory[area + 2 * seat + 1, lane]
        if code[body + 1 + seat, p.M_WEIGHS]:
            chance *= max(1.0 - yes - no, 0.0)
        elif code[body + 1 + seat, p.M_BLOCKS]:
            chance *= 1.0 - no
    return chance


@njit(error_model="numpy")
def tally(memory, into, votes, body, code, where, lane):
    """Whether a body passes a question, by its members' votes."""
    fill(memory, lane, into, 0.0)
    lanes = among(memory, where, lane)
    while lanes != NONE:
        one = first_of(lanes)
        lanes &= lanes - ONE
        score, someone, blocked = 0, False, False
        for seat in range(code[body, p.B_MEMBERS]):
            member, vote = body + 1 + seat, memory[votes + seat, one]
            if vote == -1.0:
                score -= code[member, p.M_LOSS]
                blocked |= code[member, p.M_BLOCKS] != 0
            elif vote == 1.0:
                score += code[member, p.M_GAIN]
                someone |= code[member, p.M_WEIGHS] != 0
        if score >= code[body, p.B_NEEDED] and not blocked and (someone or not code[body, p.B_SOMEONE]):
            memory[into, one] = 1.0


@njit(error_model="numpy")
def outcome(memory, into, weights, u, many, lane):
    """Which outcome an event has."""
    first, last = (0, LANES) if lane == ALL else (lane, lane + 1)
    for one in range(first, last):
        total = 0.0
        for n in range(many):
            total += max(memory[weights + n, one], 0.0)
        rank, reached = 0, 0.0
        for n in range(many):
            reached += max(memory[weights + n, one], 0.0)
            rank += reached <= memory[u, one] * total
        memory[into, one] = float(rank) if total > 0.0 else -1.0


@njit(error_model="numpy")
def draw(memory, into, counter, key, which, wanted, seed, runs, lane):
    """A uniform of a stream where it is wanted, else 1."""
    fill(memory, lane, into, 1.0)
    lanes = among(memory, wanted, lane)
    while lanes != NONE:
        one = first_of(lanes)
        lanes &= lanes - ONE
        u = uniforms(seed, key, runs[one], np.uint64(memory[counter, one]))
        memory[into, one] = u[0] if which == 0 else u[1] if which == 1 else u[2] if which == 2 else u[3]
