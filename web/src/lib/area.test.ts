import { expect, it } from 'vitest'
import { areaOf, hundredths, metres, parseArea, sumOf } from './area'

it('an area is read as people type it, and only with two places', () => {
  expect(['640', '639.9', '1,240.55 ㎡', '600平方米'].map(parseArea)).toEqual(['640.00', '639.90', '1240.55', '600.00'])
  expect(['', '-3', '1.234', 'abc', '123456789'].map(parseArea)).toEqual([undefined, undefined, undefined, undefined, undefined])
})
it('sums are exact where binary fractions are not', () => {
  expect(sumOf(['0.10', '0.20'])).toBe('0.30')
  expect(sumOf(['639.99', undefined, '0.01'])).toBe('640.00')
})
it('a difference keeps its sign', () => {
  expect(areaOf(hundredths('639.99') - hundredths('640'))).toBe('-0.01')
  expect(hundredths('-0.50')).toBe(-50)
})
it('thousands are set apart for reading', () => {
  expect(metres('1234567.50')).toBe('1,234,567.50')
  expect(metres('600.00')).toBe('600.00')
})
