// Numbers in words as the digits that were meant: "sjuttioåtta" → "78", "nittonhundraåttio" → "1980". Runs anywhere.

interface Atom {
  readonly digits: string;
  readonly role: "unit" | "teen" | "ten" | "magnitude";
}

const unit = (digits: string): Atom => ({ digits, role: "unit" });
const teen = (digits: string): Atom => ({ digits, role: "teen" });
const ten = (digits: string): Atom => ({ digits, role: "ten" });
const magnitude = (digits: string): Atom => ({ digits, role: "magnitude" });

const swedish: Readonly<Record<string, Atom>> = {
  noll: unit("0"),
  ett: unit("1"),
  två: unit("2"),
  tre: unit("3"),
  fyra: unit("4"),
  fem: unit("5"),
  sex: unit("6"),
  sju: unit("7"),
  åtta: unit("8"),
  nio: unit("9"),
  nie: unit("9"),
  tio: teen("10"),
  tie: teen("10"),
  elva: teen("11"),
  tolv: teen("12"),
  tretton: teen("13"),
  fjorton: teen("14"),
  femton: teen("15"),
  sexton: teen("16"),
  sjutton: teen("17"),
  arton: teen("18"),
  aderton: teen("18"),
  nitton: teen("19"),
  tjugo: ten("2"),
  tju: ten("2"),
  tjugi: ten("2"),
  trettio: ten("3"),
  tretti: ten("3"),
  fyrtio: ten("4"),
  fyrti: ten("4"),
  förti: ten("4"),
  förtio: ten("4"),
  femtio: ten("5"),
  femti: ten("5"),
  sextio: ten("6"),
  sexti: ten("6"),
  sjuttio: ten("7"),
  sjutti: ten("7"),
  åttio: ten("8"),
  åtti: ten("8"),
  nittio: ten("9"),
  nitti: ten("9"),
  hundra: magnitude("100"),
  tusen: magnitude("1000"),
};

const english: Readonly<Record<string, Atom>> = {
  zero: unit("0"),
  oh: unit("0"),
  nought: unit("0"),
  one: unit("1"),
  two: unit("2"),
  three: unit("3"),
  four: unit("4"),
  five: unit("5"),
  six: unit("6"),
  seven: unit("7"),
  eight: unit("8"),
  nine: unit("9"),
  ten: teen("10"),
  eleven: teen("11"),
  twelve: teen("12"),
  thirteen: teen("13"),
  fourteen: teen("14"),
  fifteen: teen("15"),
  sixteen: teen("16"),
  seventeen: teen("17"),
  eighteen: teen("18"),
  nineteen: teen("19"),
  twenty: ten("2"),
  thirty: ten("3"),
  forty: ten("4"),
  fifty: ten("5"),
  sixty: ten("6"),
  seventy: ten("7"),
  eighty: ten("8"),
  ninety: ten("9"),
  hundred: magnitude("100"),
  thousand: magnitude("1000"),
};

const longest = 40;
const tables = { sv: byLength(swedish), en: byLength(english) };
const known = { sv: new Map<string, SpokenNumber | null>(), en: new Map<string, SpokenNumber | null>() };

function byLength(table: Readonly<Record<string, Atom>>): readonly (readonly [string, Atom])[] {
  return Object.entries(table).toSorted(([a], [b]) => b.length - a.length);
}

export interface SpokenNumber {
  /** As they would be dialled: "tjugofem" is "25", "tjugo" "20", "femettnoll" "510". */
  readonly digits: string;
  /** "tjugo", "twenty": a unit may come after it as a word of its own. */
  readonly isOpenTen: boolean;
  /** Holds "hundra" or "tusen" and is no year: an amount. */
  readonly isAmount: boolean;
  /** "tusen" or "hundra" alone. */
  readonly isMagnitude: boolean;
}

/** Null for what is no number. "en" is an article before it is a number, so it is none. */
export function spokenNumber(lower: string, language: "sv" | "en"): SpokenNumber | null {
  if (lower.length > longest) return null;
  const memory = known[language];
  const before = memory.get(lower);
  if (before !== undefined) return before;
  const atoms = split(language === "en" ? lower.replace("-", "") : lower, tables[language]);
  const value = atoms === null ? null : joined(atoms);
  // A bound, so that a hostile text does not fill the memory.
  if (memory.size < 20_000) memory.set(lower, value);
  return value;
}

function split(lower: string, table: readonly (readonly [string, Atom])[]): readonly Atom[] | null {
  const atoms: Atom[] = [];
  let rest = lower;
  while (rest !== "") {
    const found = table.find(([word]) => rest.startsWith(word));
    if (found === undefined) return null;
    atoms.push(found[1]);
    rest = rest.slice(found[0].length);
  }
  return atoms.length === 0 ? null : atoms;
}

function joined(atoms: readonly Atom[]): SpokenNumber {
  if (atoms.every(({ role }) => role === "magnitude"))
    return { digits: "", isOpenTen: false, isAmount: false, isMagnitude: true };
  if (atoms.some(({ role }) => role === "magnitude")) {
    const amount = String(valueOf(atoms));
    const isYear = /^(?:19|20)\d\d$/u.test(amount) && !isSpokenThousands(atoms);
    return { digits: amount, isOpenTen: false, isAmount: !isYear, isMagnitude: false };
  }
  return { digits: plainDigits(atoms), isOpenTen: atoms.at(-1)?.role === "ten", isAmount: false, isMagnitude: false };
}

/** "tvåtusenfemhundra" is money, "tvåtusennitton" a year. */
const isSpokenThousands = (atoms: readonly Atom[]): boolean =>
  atoms.some(({ digits }) => digits === "1000") && atoms.some(({ digits }) => digits === "100");

function plainDigits(atoms: readonly Atom[]): string {
  let digits = "";
  atoms.forEach(({ digits: own, role }, at) => {
    const next = atoms[at + 1];
    digits += role === "ten" && !(next?.role === "unit" && next.digits !== "0") ? `${own}0` : own;
  });
  return digits;
}

function valueOf(atoms: readonly Atom[]): number {
  let total = 0;
  let part = 0;
  for (const { digits, role } of atoms) {
    if (role !== "magnitude") part += role === "ten" ? Number(digits) * 10 : Number(digits);
    else if (digits === "100") part = Math.max(1, part) * 100;
    else {
      total += Math.max(1, part) * 1000;
      part = 0;
    }
  }
  return total + part;
}
