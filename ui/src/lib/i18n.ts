// All strings of the page, in English and Simplified Chinese. Sentences with numbers come from the engine.
import { address } from "./state.svelte";

const STRINGS = {
  answer: ["Answer", "结论"],
  web: ["Web", "网络"],
  loops: ["Loops", "回路"],
  cover: ["Cover", "偿付"],
  time: ["Time", "时间"],
  falls: ["Falls", "连锁"],
  fails: ["fails too", "随之违约"],
  undecided: ["may fail too: undecided", "可能违约：未定"],
  holds: ["pays all it owes", "足额支付"],
  struckKey: ["if this one has nothing left …", "假如此方一无所有……"],
  loses: ["… these receive less", "……这些少收"],
  fallsKey: ["Darker: more is lost. ● fails too, in all of the ranges. ○ may fail too: undecided.", "越深损失越大。● 在全部区间内随之违约；○ 可能违约：未定。"],
  pickRow: ["Choose a row to draw its cascade", "选一行以绘出其连锁"],
  cascade: ["The cascade", "连锁反应"],
  othersLose: ["others lose", "他人损失"],
  assumptions: ["What decides: assumptions on the whole web", "关键假设"],
  range: ["range", "区间"],
  flips: ["failures it flips", "改变的违约数"],
  moves: ["moves losses by", "损失变动"],
  because: ["why this range", "区间来由"],
  stands: ["What each has and owes, and what that stands on", "各方资产、负债及依据"],
  ownMeans: ["own means", "自有资金"],
  owes: ["owes", "应付"],
  owed: ["is owed", "应收"],
  round2: ["round", "轮次"],
  argument: ["Argument", "争论"],
  evidence: ["Evidence", "证据"],
  views: ["Views", "视图"],
  asOf: ["as known on", "截至"],
  yearBefore: ["a year before", "一年前"],
  whatChanges: ["What would change the answer", "什么会改变结论"],
  behind: ["legs behind it", "笔款项为据"],
  skip: ["Skip to the picture", "跳到图"],
  play: ["Play", "播放"],
  pause: ["Pause", "暂停"],
  date: ["Date of knowledge", "知悉日期"],
  show: ["Show", "显示"],
  funding: ["funding", "出资"],
  purchase: ["purchases", "采购"],
  other: ["in kind, guarantees", "实物、担保"],
  firm: ["firm", "确定"],
  announced: ["announced", "宣布"],
  rumoured: ["rumoured", "传闻"],
  high: ["high", "高"],
  medium: ["medium", "中"],
  low: ["low", "低"],
  memory: ["from memory", "凭记忆"],
  confidence: ["confidence", "可信度"],
  finance: ["Financiers", "金融"],
  state: ["Governments", "政府"],
  labs: ["Labs", "实验室"],
  clouds: ["Clouds", "云"],
  sites: ["Power and sites", "电力与场地"],
  chips: ["Chips and servers", "芯片与服务器"],
  rest: ["Others", "其他"],
  filter: ["Filter: fade what is not ticked", "筛选：淡化未勾选的"],
  close: ["Close", "关闭"],
  parties: ["parties", "方"],
  deals: ["deals", "笔交易"],
  states: ["What was known when", "何时已知"],
  legs: ["Who pays whom", "谁付给谁"],
  unsourced: ["unsourced", "无来源"],
  assumed: ["assumed", "假设"],
  sources: ["Sources", "来源"],
  search: ["Search deals, figures, claims and sources", "搜索交易、数据、说法与来源"],
  searchKey: ["press / to search", "按 / 搜索"],
  nothing: ["Nothing found", "没有找到"],
  table: ["As a table", "表格"],
  smaller: ["smaller", "较小"],
  circles: ["goes in circles", "在循环"],
  priceless: ["no price told, or not cash", "未告知价格或非现金"],
  widths: ["Width: money on dates in the span. Boxes are as high as their lines.", "宽度：期间内按日期的金额。框高等于其线宽之和。"],
  inForce: ["in force", "有效"],
  shown: ["the largest are shown", "仅显示最大的"],
  news: ["What became known", "新消息"],
  atMost: ["can go round at most", "最多可循环"],
  laneKey: ["Red: the part that can go all the way round (dark: firm, pale: announced). Grey: the rest of the step.", "红色：可绕行一圈的部分（深：确定，浅：仅宣布）。灰色：该步其余部分。"],
  round: ["can go round", "可循环"],
  ofItFirm: ["of it firm", "其中确定"],
  inWeb: ["Show in the web", "在网络中显示"],
  ownMoney: ["Own money coming back, as a share of receipts", "自己的钱占收入的比例"],
  withFunding: ["and funding", "加出资"],
  missing: ["missing", "缺口"],
  revenue: ["revenue", "收入"],
  funded: ["funding received", "所获资金"],
  gap: ["gap", "缺口"],
  covered: ["covered", "已覆盖"],
  year: ["year", "年"],
  reading: ["reported or assumed", "报告或假设"],
  due: ["due, firm", "应付（确定）"],
  dueAnnounced: ["due, announced", "应付（宣布）"],
  cash: ["cash at start", "期初现金"],
  others: ["others", "其他"],
  events: ["What moved it most", "最大的变动"],
  bridge: ["bridge", "桥"],
  trap: ["trap", "陷阱"],
  neutral: ["neither", "中立"],
  conflicts: ["Told in two ways", "两种说法"],
  weak: ["Weak ground first: assumed and unsourced numbers", "薄弱之处优先：假设与无来源"],
  figures: ["Figures", "数据"],
  claims: ["Claims", "说法"],
  sector: ["The web as a whole", "整个网络"],
  outsideAi: ["AI revenue from outside", "来自外部的AI收入"],
  between: ["owed between members", "成员间应付"],
  language: ["中文", "English"],
  more: ["more", "更多"],
  why: ["How far to trust it", "可信程度"],
} as const;

/** A sentence of the engine in the reader's language. */
export function tell(told: readonly [string, string]): string {
  return told[isChinese() ? 1 : 0];
}

export type Key = keyof typeof STRINGS;

export function isChinese(): boolean {
  return address.lang === "zh" || (address.lang === "" && navigator.language.toLowerCase().startsWith("zh"));
}

export function t(key: string): string {
  const pair = STRINGS[key as Key] as readonly [string, string] | undefined;
  return pair ? pair[isChinese() ? 1 : 0] : key;
}

/** A party's name in the reader's script, where its own is known. */
export function nameOf(party: { name: string; native?: string | null }): string {
  return isChinese() && party.native ? party.native : party.name;
}
