// What the engine sends (`abilene.app/1`). Everything drawn is in here; the page adds no arithmetic of its own.
/** English and Simplified Chinese. */
export type Told = [string, string];
export type Sum = { value: string; number: string; text: string };
export type Cite = { source: string; publisher: string; place: string | null };
export type Axis = { least: number; most: number; ticks: number[] };

export type BundleLeg = {
  leg: string; label: string; instrument: string; confidence: string; known_from: string; until: string | null;
};
export type Bundle = { from: number; to: number; class: "funding" | "purchase" | "other"; at: [number, number]; path: string; legs: BundleLeg[] };
export type WebNode = {
  id: string; name: string; native: string | null; group: string; label: string[];
  x: number; y: number; w: number; h: number; folds: string[];
};
export type News = { deal: string; text: string };
export type Frame = {
  date: string; title: Told; deals: number; parties: number; firm: Sum; announced: Sum; news: News[];
  lines: [number, number, number, number, number, string][];
};
export type WebPicture = {
  width: number; height: number; groups: { id: string; x: number }[]; nodes: WebNode[]; bundles: Bundle[];
  frames: Frame[]; points_per_unit: number; folded: Told;
};
export type LaneStep = {
  payer: string; payer_name: string; payee: string; amount: Sum; whole: number; firm: number; what: string; legs: string[];
};
export type Lane = { sentence: Told; bottleneck: Sum; bottleneck_firm: Sum; in_time: Told; steps: LaneStep[] };
export type RangeRow = { party: string; name: string; share: number; least: number; most: number; returned: string };
export type RangeGroup = { title: Told; rows: RangeRow[] };
export type Stack = { party: string; name: string; firm: number[]; announced: number[] };
export type CoverPicture = {
  party: string; name: string; title: Told; note: Told; years: number[]; stacks: Stack[]; revenue: (number | null)[];
  assumed: boolean[]; funding: number[]; missing: (string | null)[]; axis: Axis;
};
export type CoverYear = Record<string, unknown> & {
  year: number; due_firm: Sum; due_announced: Sum; revenue: Sum | null; revenue_reading: string; cash: Sum | null;
  vendor_financing: Sum; other_funding: Sum; gap: Sum | null; figures: string[];
};
export type PartyYears = { party: string; name: string; years: CoverYear[]; due_firm: Sum; due: Sum };
export type SectorYear = {
  year: number; internal_firm: Sum; internal_announced: Sum; ai_revenue_from_outside: Sum; ai_revenue_reading: string;
  funding_from_outside: Sum; capex: Sum; revenue_from_outside: Sum;
};
export type Arithmetic = { organisation: string; steps: { what: string; how: string; value: string; claim: string | null }[] };
export type TimePicture = {
  title: Told; dates: string[]; at: number[]; years: [number, number][]; bands: { instrument: string; firm: number[]; all: number[] }[];
  axis: Axis; events: { at: number; change: Sum; news: News[] }[];
};
export type Verdict = "fails" | "undecided" | "holds";
export type CascadeRow = {
  party: string; name: string; depth: number; above: number | null; round: number | null; verdict: Verdict; loses: Sum; width: number;
};
export type FallRow = {
  party: string; name: string; sentence: Told; lost: Sum; lost_range: [Sum, Sum];
  cells: ({ loses: Sum; shade: number; verdict: Verdict } | null)[]; cascade: CascadeRow[];
};
export type Ground = { name: string; text: string; figures: string[]; period: string | null; sources: string[]; assumed: string | null };
export type FallsPicture = {
  title: Told; note: Told; unshocked: Told; columns: [string, string][]; rows: FallRow[]; notes: string[];
  levers: { name: string; range: string; flips: number; moves: Sum; shown: boolean; reason: string }[];
  means: { party: string; name: string; own: string; owes: string; owed: string; items: Ground[] }[];
};
export type FanPicture = { id: string; title: Told; unit: string; quantiles: number[][]; axis: Axis };
export type OutlookAnswer = {
  quarters: string[]; decided_by: { outcome: string; line: string; part: number }[]; safe_box: string | null; notes: string[];
  break_even: { driver: string; unit: string; question: string; answer: string }[];
  parties: { party: string; name: string; defaults: number; first: number; first_when: string | null; revenue: number; loop_dependent: number | null }[];
  told: { outcome: string; path: number; because: string[]; lines: string[] }[];
  drivers: { name: string; unit: string; meaning: string; range: string; claims: string[]; sources: string[]; assumed: string | null }[];
  rules: { name: string; value: number; from: string[]; assumed: string | null; told: boolean }[];
};
export type OutlookPicture = {
  title: Told; note: Told; odds: { outcome: string; label: Told; part: number; text: string }[]; fans: FanPicture[]; years: [number, string][];
  tornado: { name: string; meaning: string; first: number; total: number; interval: [number, number] | null; told_from_zero: boolean }[]; decides: Told;
  cascade: { cause: string | null; failed: string; rate: number; width: number; when: string }[]; answer: OutlookAnswer;
};
export type Claim = {
  id: string; metric: string; subject: string; value: string; period: string | null; who: string; date: string;
  date_assumed: string | null; stance: string; sources: Cite[]; confidence: string | null; note: string | null;
};
export type Topic = { topic: string; claims: Claim[] };
export type Scale = { topic: string; unit: string; title: Told; axis: Axis; marks: { claim: string; low: number; high: number; stance: string }[] };
export type Deal = {
  id: string; title: string; about: string | null; confidence: string | null; status: string; firmness: string;
  legs: { id: string; label: string; schedule: string; assumed: string[]; condition: string | null; firmness: string }[];
  states: { date: string; status: string; legs: string[]; note: string | null; sources: Cite[] }[];
};
export type Figure = {
  anchor: string; party: string; metric: string; period: string; value: string; scope: string | null; published: string;
  sources: Cite[]; confidence: string | null; assumed: string | null; conflicts: string[]; note: string | null;
};
export type Party = { id: string; name: string; aliases: string[]; kind: string; country: string | null; role: string; deals: string[]; figures: string[] };
export type Source = { id: string; title: string; publisher: string | null; date: string | null; url: string | null; lang: string | null };
export type Evidence = { parties: Party[]; deals: Deal[]; figures: Figure[]; sources: Source[]; doubts: { code: string; what: string; count: number; of: number }[] };
export type Headline = { id: string; question: string; number: string; beside: string; sentence: string; caution: string; legs: { leg: string; label: string; amount: Sum }[] };
export type Data = {
  case: string; question: string | null; about: string | null; as_of: string; span: [string, string]; unit: string;
  answer: { sentence: Told; verdict: Told; numbers: { id: string; label: Told; value: Told; before: Told; direction: string }[]; changes: Told[] };
  headlines: Headline[]; web: WebPicture; loops: Lane[]; loops_complete: boolean; ranges: RangeGroup[]; covers: CoverPicture[];
  cover_tables: PartyYears[]; sector: SectorYear[]; arithmetic: Arithmetic[]; notes: string[]; time: TimePicture; falls: FallsPicture | null; outlook: OutlookPicture | null; topics: Topic[];
  scales: Scale[]; evidence: Evidence;
  invest_first: { vendor_name: string; label: string; invested: Sum; firmness: string; first_paid: string; purchases_after: Sum; gap_days: number }[];
};
