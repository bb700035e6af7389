import { describe, expect, it } from 'vitest'
import { formatAmount, formatDecimal, isShortened, readDecimal } from './decimals'

describe('an amount', () => {
  it('is shown in the digits of its currency, halves away from zero', () => {
    expect(formatAmount('1234.5', 'EUR', 'en')).toBe('€1,234.50')
    expect(formatAmount('49.995', 'EUR', 'en')).toBe('€50.00')
    expect(formatAmount('-49.995', 'EUR', 'en')).toBe('-€50.00')
    expect(formatAmount('999.5', 'JPY', 'en')).toBe('¥1,000')
    expect(formatAmount('1.23456', 'BHD', 'en').replace(/\s/, ' ')).toBe('BHD 1.235')
  })

  it('keeps every digit that no number could', () => {
    expect(formatAmount('12345678901234567890.125', 'EUR', 'en')).toBe(
      '€12,345,678,901,234,567,890.13',
    )
    expect(formatAmount('9007199254740993', null, 'en')).toBe('9,007,199,254,740,993')
    expect(formatAmount('0.1000000000000000055', 'EUR', 'en')).toBe('€0.10')
  })

  it('without a currency has the digits it needs, and no more than six behind the point', () => {
    expect(formatAmount('2.50', null, 'en')).toBe('2.5')
    expect(formatAmount('7', null, 'en')).toBe('7')
    expect(formatAmount('0.33333333333', null, 'en')).toBe('0.333333')
  })

  it('is written as people of the locale do', () => {
    expect(formatAmount('1234567.05', 'EUR', 'de').replace(/\s/, ' ')).toBe('1.234.567,05 €')
    expect(formatAmount('1234567.05', 'INR', 'en-IN')).toBe('₹12,34,567.05')
    expect(formatAmount('12.05', null, 'ar-EG')).toBe('١٢٫٠٥')
  })

  it('has no sign when nothing of it is left', () => {
    expect(formatAmount('-0.001', 'EUR', 'en')).toBe('€0.00')
  })

  it('that is none stays as it is', () => {
    expect(formatAmount('many', 'EUR', 'en')).toBe('many')
    expect(isShortened('many', 'EUR')).toBe(false)
  })

  it('tells whether digits are left out', () => {
    expect(isShortened('1.500', 'EUR')).toBe(false)
    expect(isShortened('1.505', 'EUR')).toBe(true)
    expect(isShortened('1.5', 'JPY')).toBe(true)
    expect(isShortened('0.1234567', null)).toBe(true)
  })
})

describe('a decimal in a cell', () => {
  it.each([
    ['en-GB', '2.5', '2.5'],
    ['en-GB', '.5', '0.5'],
    ['en-GB', '5.', '5'],
    ['en-GB', ' +1,000 ', '+1000'],
    ['en-GB', '1.000', '1.000'],
    ['en-GB', '1,234,567.80', '1234567.80'],
    ['en-GB', '1 234.5', '1234.5'],
    ['en-GB', '−3', '-3'],
    ['de-DE', '2,5', '2.5'],
    ['de-DE', ',5', '0.5'],
    ['de-DE', '1.000', '1000'],
    ['de-DE', '1.000,00', '1000.00'],
    ['de-DE', '1.234.567', '1234567'],
    ['de-DE', '1,000', '1.000'],
    ['de-DE', '2.5', '2.5'],
    ['de-DE', '0.125', '0.125'],
    ['de-DE', '1234.567', '1234.567'],
    ['de-CH', "1'234.5", '1234.5'],
    ['fr-FR', '1 234,5', '1234.5'],
    ['en-IN', '12,34,567', '1234567'],
    ['ar-EG', '١٢٬٣٤٥٫٠٥', '12345.05'],
  ])('is read as people of %s mean %s', (locale, typed, value) => {
    expect(readDecimal(typed, locale)).toBe(value)
  })

  it.each([
    ['en-GB', '2,5'],
    ['en-GB', '1.234,5'],
    ['en-GB', '1,23,4'],
    ['de-DE', '1,234.5'],
    ['de-DE', '1,2,3'],
    ['de-DE', '1.234 567'],
    ['de-DE', '1.2.3'],
    ['en-GB', ''],
    ['en-GB', '.'],
    ['en-GB', '-'],
    ['en-GB', '1e3'],
    ['en-GB', 'ten'],
  ])('is none for people of %s in %s', (locale, typed) => {
    expect(readDecimal(typed, locale)).toBeNull()
  })

  it('is written as totals are, with every digit', () => {
    expect(formatDecimal('1234.50', true, 'en-GB')).toBe('1,234.50')
    expect(formatDecimal('1234.50', true, 'de-DE')).toBe('1.234,50')
    expect(formatDecimal('1234.50', false, 'de-DE')).toBe('1234,50')
    expect(formatDecimal('-12345678901234567890.0123456789', true, 'de-DE')).toBe(
      '-12.345.678.901.234.567.890,0123456789',
    )
    expect(formatDecimal('7', true, 'de-DE')).toBe('7')
    expect(formatDecimal('many', true, 'de-DE')).toBe('many')
  })

  it.each(['en-GB', 'de-DE', 'de-CH', 'fr-FR', 'sv-SE', 'es-ES', 'en-IN', 'ar-EG', 'fa-IR'])(
    'is read back in %s as it was written',
    (locale) => {
      for (const value of [
        '0',
        '0.5',
        '-1.234',
        '1234',
        '1000.000',
        '12345678901234567890.0123456789',
      ])
        for (const grouped of [true, false])
          expect(readDecimal(formatDecimal(value, grouped, locale), locale)).toBe(value)
    },
  )
})
