// Check digits and what a date of birth can be. Runs anywhere.

/** The Luhn check (ISO/IEC 7812-1): personnummer, cards, bankgiro, organisation numbers. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    const weighted = at % 2 === 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return digits.length > 1 && sum % 10 === 0;
}

/** IBAN (ISO 13616): the number with its first four signs last is 1 modulo 97. */
export function passesIban(text: string): boolean {
  const plain = text.replaceAll(/\s/gu, "").toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/u.test(plain)) return false;
  let rest = 0;
  for (const sign of `${plain.slice(4)}${plain.slice(0, 4)}`) {
    const value = Number.parseInt(sign, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** NHS number (NHS Data Dictionary): ten digits, weights 10 to 2, modulo 11. */
export function passesNhs(digits: string): boolean {
  if (!/^\d{10}$/u.test(digits)) return false;
  let sum = 0;
  for (let at = 0; at < 9; at += 1) sum += Number(digits[at]) * (10 - at);
  const check = (11 - (sum % 11)) % 11;
  return check !== 10 && check === Number(digits[9]);
}

/** YYMMDDNNNN or YYYYMMDDNNNN whose first part is a date; in a samordningsnummer the day is 60 higher. */
export function hasBirthDate(digits: string): boolean {
  if (digits.length === 12 && !/^(?:18|19|20)/u.test(digits)) return false;
  const short = digits.length === 12 ? digits.slice(2) : digits;
  if (short.length !== 10) return false;
  const [month, day] = [Number(short.slice(2, 4)), Number(short.slice(4, 6))];
  return month >= 1 && month <= 12 && ((day >= 1 && day <= 31) || (day >= 61 && day <= 91));
}

/** Luhn over the last ten digits. */
export const passesIdentity = (digits: string): boolean => passesLuhn(digits.slice(-10));

/** YYYYMMDD or YYMMDD that is a day of the calendar. */
export function isDate(digits: string): boolean {
  if (digits.length === 8 && !/^(?:18|19|20)/u.test(digits)) return false;
  if (digits.length !== 8 && digits.length !== 6) return false;
  const [month, day] = [Number(digits.slice(-4, -2)), Number(digits.slice(-2))];
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}
