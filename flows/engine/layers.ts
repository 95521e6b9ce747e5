/** A box to place, of a size in pixels. */
export type Box = { id: string; width: number; height: number };
/** An arrow to place; a label of no size is none. */
export type Link = { from: string; to: string; label: { width: number; height: number } };
export type Point = { x: number; y: number };
/** A link's way: down through these points, straight between the two of each pair; the label's middle if it has one. */
export type Way = { points: readonly Point[]; label: Point };
/** Where everything stands; x and y of a box are its middle. */
export type Placed = {
  boxes: ReadonlyMap<string, Point>;
  /** In the order of the links. */
  ways: readonly Way[];
  width: number;
  height: number;
};

/** Something that takes room in a layer: a box, a label, or the lane of a link that passes by. */
type Slot = { width: number; height: number; x: number; up: Slot[]; down: Slot[]; isLane: boolean };

const BOX_GAP = 28;
const LANE_GAP = 14;
const LAYER_GAP = 22;
const SWEEPS = 12;

/** The longest way from a start to each box; a link that closes a loop is left out of account. */
function depths(ids: readonly string[], links: readonly Link[]): Map<string, number> {
  const found = new Map<string, number>();
  const open = new Set<string>();
  const depth = (id: string): number => {
    const known = found.get(id);
    if (known !== undefined) return known;
    open.add(id);
    const before = links.filter((link) => link.to === id && !open.has(link.from)).map((link) => depth(link.from) + 1);
    open.delete(id);
    const result = Math.max(0, ...before);
    found.set(id, result);
    return result;
  };
  for (const id of ids) depth(id);
  return found;
}

const slot = (width: number, height: number, isLane: boolean): Slot => ({
  width,
  height,
  x: 0,
  up: [],
  down: [],
  isLane,
});

function join(upper: Slot, lower: Slot): void {
  upper.down.push(lower);
  lower.up.push(upper);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Sorts a layer by the mean place of its neighbours; what has none stays where it is. */
function sorted(layer: readonly Slot[], neighbours: (slot: Slot) => readonly Slot[], place: Map<Slot, number>): Slot[] {
  const wish = new Map(
    layer.map((item, index) => {
      const places = neighbours(item).map((other) => place.get(other) ?? 0);
      return [item, places.length > 0 ? mean(places) : index];
    }),
  );
  return layer.toSorted((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0));
}

function crossings(layers: readonly (readonly Slot[])[], place: Map<Slot, number>): number {
  let count = 0;
  for (const layer of layers) {
    const pairs = layer.flatMap((upper, index) => upper.down.map((lower) => [index, place.get(lower) ?? 0] as const));
    pairs.forEach(([a, b], index) => {
      for (const [c, d] of pairs.slice(index + 1)) if ((a - c) * (b - d) < 0) count += 1;
    });
  }
  return count;
}

/** Barycentre ordering: sweeps down and up and keeps the order with the fewest crossings. */
function ordered(layers: readonly Slot[][]): Slot[][] {
  let current = layers.map((layer) => [...layer]);
  const places = () => new Map(current.flatMap((layer) => layer.map((item, index) => [item, index] as const)));
  let best = { layers: current, count: crossings(current, places()) };
  for (let sweep = 0; sweep < SWEEPS && best.count > 0; sweep += 1) {
    const isDown = sweep % 2 === 0;
    const next = [...current];
    for (let step = 0; step < next.length; step += 1) {
      const index = isDown ? step : next.length - 1 - step;
      current = next;
      next[index] = sorted(next[index] ?? [], (item) => (isDown ? item.up : item.down), places());
    }
    current = next;
    const count = crossings(current, places());
    if (count < best.count) best = { layers: current.map((layer) => [...layer]), count };
  }
  return best.layers;
}

function distance(left: Slot, right: Slot): number {
  return left.width / 2 + right.width / 2 + (left.isLane || right.isLane ? LANE_GAP : BOX_GAP);
}

/**
 * Moves a layer as near to the wished places as order and distances allow (least squares: neighbours that would
 * overlap are merged into blocks at their common mean).
 */
function settle(layer: readonly Slot[], wish: (slot: Slot) => number): void {
  let offset = 0;
  const offsets = layer.map((item, index) => {
    const before = layer[index - 1];
    if (before) offset += distance(before, item);
    return offset;
  });
  const blocks: { sum: number; weight: number; size: number }[] = [];
  layer.forEach((item, index) => {
    const weight = item.isLane ? 2 : 1;
    blocks.push({ sum: (wish(item) - (offsets[index] ?? 0)) * weight, weight, size: 1 });
    for (;;) {
      const [upper, last] = [blocks.at(-2), blocks.at(-1)];
      if (!upper || !last || upper.sum / upper.weight <= last.sum / last.weight) break;
      blocks.splice(-2, 2, {
        sum: upper.sum + last.sum,
        weight: upper.weight + last.weight,
        size: upper.size + last.size,
      });
    }
  });
  const starts = blocks.flatMap((block) => Array.from({ length: block.size }, () => block.sum / block.weight));
  layer.forEach((item, index) => {
    item.x = (starts[index] ?? 0) + (offsets[index] ?? 0);
  });
}

function spread(layers: readonly (readonly Slot[])[]): void {
  for (const layer of layers) settle(layer, () => 0);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const isDown = sweep % 2 === 0;
    for (const layer of isDown ? layers : layers.toReversed()) {
      settle(layer, (item) => {
        const near = isDown ? item.up : item.down;
        return near.length > 0 ? mean(near.map((other) => other.x)) : item.x;
      });
    }
  }
}

/** Points where links leave and reach a box: side by side, in the order of where they lead. */
function ports(box: Slot, others: readonly Slot[]): Map<Slot, number> {
  const gap = Math.min(26, (box.width - 30) / Math.max(1, others.length - 1));
  const inOrder = others.toSorted((a, b) => a.x - b.x);
  return new Map(inOrder.map((other, index) => [other, box.x + (index - (inOrder.length - 1) / 2) * gap]));
}

/**
 * Places a graph from top to bottom: every box below all that lead to it, links in lanes of their own, labels as if
 * they were boxes, so that nothing lies on anything else.
 */
export function placeInLayers(boxes: readonly Box[], links: readonly Link[]): Placed {
  const depth = depths(
    boxes.map((box) => box.id),
    links,
  );
  const level = (id: string) => (depth.get(id) ?? 0) * 2;
  const slots = new Map(boxes.map((box) => [box.id, slot(box.width, box.height, false)]));
  const layers: Slot[][] = Array.from({ length: Math.max(0, ...depth.values()) * 2 + 1 }, () => []);
  for (const box of boxes) layers[level(box.id)]?.push(slots.get(box.id) ?? slot(0, 0, false));
  const chains = links.map((link) => {
    const [from, to] = [slots.get(link.from), slots.get(link.to)];
    if (!from || !to || level(link.from) >= level(link.to)) return [];
    const lanes = Array.from({ length: level(link.to) - level(link.from) - 1 }, (_, index) => {
      const lane = index === 0 ? slot(link.label.width, link.label.height, true) : slot(0, 0, true);
      layers[level(link.from) + 1 + index]?.push(lane);
      return lane;
    });
    const chain = [from, ...lanes, to];
    chain.slice(1).forEach((lower, index) => join(chain[index] ?? from, lower));
    return chain;
  });

  const rows = ordered(layers);
  spread(rows);
  const all = rows.flat();
  const left = Math.min(0, ...all.map((item) => item.x - item.width / 2));
  for (const item of all) item.x -= left;

  const middle = new Map<Slot, { y: number; half: number; row: number }>();
  let top = 0;
  for (const row of rows) {
    const height = Math.max(0, ...row.map((item) => item.height));
    for (const item of row) {
      middle.set(item, { y: top + height / 2, half: (item.isLane ? height : item.height) / 2, row: height / 2 });
    }
    top += height + LAYER_GAP;
  }

  const outlets = new Map(
    [...slots.values()].map((box) => [box, { out: ports(box, box.down), in: ports(box, box.up) }]),
  );
  const ways = chains.map((chain): Way => {
    const points = chain.flatMap((item, index): Point[] => {
      const { y, half, row } = middle.get(item) ?? { y: 0, half: 0, row: 0 };
      const [before, after] = [chain[index - 1], chain[index + 1]];
      // Straight as far as the row reaches: its other boxes may be taller.
      const straight = (x: number, heights: number[]) => [...new Set(heights)].map((height) => ({ x, y: y + height }));
      if (!before && after) return straight(outlets.get(item)?.out.get(after) ?? item.x, [half, row]);
      if (!after && before) return straight(outlets.get(item)?.in.get(before) ?? item.x, [-row, -half]);
      if (half === 0) return [];
      return [
        { x: item.x, y: y - half },
        { x: item.x, y: y + half },
      ];
    });
    const label = chain[1];
    return { points, label: { x: label?.x ?? 0, y: (label && middle.get(label)?.y) ?? 0 } };
  });
  return {
    boxes: new Map([...slots].map(([id, box]) => [id, { x: box.x, y: middle.get(box)?.y ?? 0 }])),
    ways,
    width: Math.max(0, ...all.map((item) => item.x + item.width / 2)),
    height: Math.max(0, top - LAYER_GAP),
  };
}
