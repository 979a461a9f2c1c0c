// The state of the view, which the address holds: #view=web&date=2025-10-01&pick=party:openai
export const VIEWS = ["answer", "web", "loops", "cover", "time", "falls", "outlook", "argument", "evidence"] as const;
export type View = (typeof VIEWS)[number];

const DEFAULTS = { view: "answer", date: "", pick: "", party: "", q: "", off: "", lang: "" };
type Fields = typeof DEFAULTS;

export const address: Fields = $state({ ...DEFAULTS });

/** Reads the address into the state; fields that it does not name take their defaults. */
export function readAddress(): void {
  const told = new URLSearchParams(location.hash.slice(1));
  for (const key of Object.keys(DEFAULTS) as (keyof Fields)[]) address[key] = told.get(key) ?? DEFAULTS[key];
  if (!VIEWS.includes(address.view as View)) address.view = "answer";
}

/** Changes fields and writes the address; going to another view makes a step back in the history. */
export function go(change: Partial<Fields>): void {
  const step = change.view !== undefined && change.view !== address.view;
  Object.assign(address, change);
  const told = new URLSearchParams();
  for (const key of Object.keys(DEFAULTS) as (keyof Fields)[]) if (address[key] !== DEFAULTS[key]) told.set(key, address[key]);
  const hash = "#" + told.toString();
  if (step) history.pushState(null, "", hash);
  else history.replaceState(null, "", hash);
}

/** What is picked: a party, a deal or a loop. */
export function picked(): { kind: string; id: string } | null {
  const at = address.pick.indexOf(":");
  return at < 0 ? null : { kind: address.pick.slice(0, at), id: address.pick.slice(at + 1) };
}

/** Whether a filter is on: `off` lists those that are not. */
export function isOff(name: string): boolean {
  return address.off.split(",").includes(name);
}

export function toggle(name: string): void {
  const off = new Set(address.off.split(",").filter(Boolean));
  if (!off.delete(name)) off.add(name);
  go({ off: [...off].sort().join(",") });
}
