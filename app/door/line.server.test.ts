import { describe, expect, test } from "vitest";
import { openLine } from "./line.server.ts";

const START = Date.parse("2026-11-21T09:00:00Z");
const SECOND = 1_000;
const FULL = 5_000;
const ROOM = 10;

/** So many newcomers, spread over one second. @returns the moments in which those came who were sent away */
function crowd(line: ReturnType<typeof openLine>, at: number, many: number): number[] {
  const moments = Array.from({ length: many }, (_, index) => at + Math.floor((index * SECOND) / many));
  return moments.filter((moment) => !line.come(moment));
}

describe("the line at the door", () => {
  test("does not exist while pages are quick, however many come", () => {
    const line = openLine(START);
    for (let second = 0; second < 10; second += 1) {
      expect(crowd(line, START + second * SECOND, 500)).toEqual([]);
      line.tick(START + (second + 1) * SECOND, ROOM);
    }
  });

  test("does not form when pages are slow and nobody comes: shutting the door would not mend it", () => {
    const line = openLine(START);
    crowd(line, START, 3);
    line.tick(START + SECOND, FULL);
    expect(crowd(line, START + SECOND, 3)).toEqual([]);
  });

  test("lets nobody in while it stays full", () => {
    const line = openLine(START);
    crowd(line, START, 100);
    line.tick(START + SECOND, FULL);
    const waiting = crowd(line, START + SECOND, 100);
    for (let second = 2; second < 60; second += 1) line.tick(START + second * SECOND, FULL);
    expect(waiting).toHaveLength(100);
    expect(waiting.filter(line.isCalled)).toEqual([]);
  });

  test("calls those in first who came first, more each second, and opens when nobody waits", () => {
    const line = openLine(START);
    crowd(line, START, 100);
    line.tick(START + SECOND, FULL);
    const waiting = [...crowd(line, START + SECOND, 150), ...crowd(line, START + 2 * SECOND, 150)];
    const called: number[] = [];
    for (let second = 3; line.length() > 0; second += 1) {
      expect(second).toBeLessThan(60);
      line.tick(START + second * SECOND, ROOM);
      const inside = waiting.filter(line.isCalled);
      expect(inside).toEqual(waiting.slice(0, inside.length));
      called.push(inside.length);
    }
    expect(called.length).toBeGreaterThan(5);
    expect(called.at(-1)).toBe(300);
    expect(line.come(START + 90 * SECOND)).toBe(true);
  });

  test("calls no more at a time than can be felt before the next are called, however long it was quiet before", () => {
    const line = openLine(START);
    for (let second = 1; second < 3_600; second += 1) line.tick(START + second * SECOND, ROOM);
    const at = START + 3_600 * SECOND;
    crowd(line, at, 100);
    line.tick(at + SECOND, FULL);
    const waiting = Array.from({ length: 20 }, (_, second) => crowd(line, at + (1 + second) * SECOND, 100)).flat();
    const calledAfter = (from: number, to: number, waitMs: number) => {
      const before = waiting.filter(line.isCalled).length;
      for (let second = from; second < to; second += 1) line.tick(at + second * SECOND, waitMs);
      return waiting.filter(line.isCalled).length - before;
    };
    const first = calledAfter(21, 24, ROOM);
    expect(first).toBeGreaterThan(20);
    expect(first).toBeLessThan(40);
    // Neither quick nor full: one by one.
    expect(calledAfter(24, 44, 500)).toBeLessThan(30);
    expect(calledAfter(44, 47, ROOM)).toBeGreaterThan(first);
    calledAfter(47, 100, FULL);
    expect(calledAfter(100, 103, ROOM)).toBeLessThan(first);
  });

  test("whoever comes later never passes those who wait", () => {
    const line = openLine(START);
    crowd(line, START, 50);
    line.tick(START + SECOND, FULL);
    crowd(line, START + SECOND, 400);
    line.tick(START + 2 * SECOND, ROOM);
    const late = crowd(line, START + 2 * SECOND, 5);
    expect(late).toHaveLength(5);
    line.tick(START + 3 * SECOND, ROOM);
    expect(late.filter(line.isCalled)).toEqual([]);
  });

  test("a place that another process gave before this one began is called at once", () => {
    const line = openLine(START);
    crowd(line, START, 50);
    line.tick(START + SECOND, FULL);
    expect(line.isCalled(START - SECOND)).toBe(true);
    expect(line.isCalled(START + 2 * SECOND)).toBe(false);
  });
});
