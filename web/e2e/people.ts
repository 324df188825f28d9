import { expect, type APIResponse, type Browser, type Page } from '@playwright/test'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'

export const password = 'changzhou-2014' // of all sample people
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export interface Size { width: number; height: number }
export const desk: Size = { width: 1280, height: 720 }
export const phone: Size = { width: 390, height: 844 }

/** as opens a browser window of its own for somebody who has signed in; without a login for somebody from the public. */
export async function as(browser: Browser, login = '', o: { english?: boolean; size?: Size } = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: process.env.LIZHENG_URL, viewport: o.size ?? desk, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', acceptDownloads: true, reducedMotion: 'reduce' })
  if (o.english) await context.addInitScript(() => localStorage.setItem('lizheng.language', 'en'))
  if (login) {
    const answer = await context.request.post('/api/v1/session', { data: { login, password } })
    expect(answer.status(), await answer.text()).toBe(200)
  }
  const page = await context.newPage()
  page.on('pageerror', (e) => {
    throw new Error(`error on the page of ${login || 'the public'}: ${e.message}`)
  })
  return page
}

/** call does one thing through the API as whoever has the page, under a fresh key. */
export async function call(page: Page, method: string, path: string, data?: unknown, headers: Record<string, string> = {}): Promise<APIResponse> {
  return page.request.fetch(`/api/v1${path}`, { method, ...(data === undefined ? {} : { data }), headers: { 'Idempotency-Key': crypto.randomUUID(), ...headers } })
}

export async function got<T>(page: Page, path: string): Promise<T> {
  const answer = await call(page, 'GET', path)
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
  return (await answer.json()) as T
}

/** later moves the sample city's clock on; only possible for the city that the tests started. */
export function later(duration: string): void {
  const data = process.env.LIZHENG_E2E_DATA
  if (!data) throw new Error('the clock of a city that runs elsewhere is not ours to move')
  const env = Object.fromEntries(readFileSync(join(data, 'env'), 'utf8').split('\n').filter((l) => l.includes('=')).map((l) => {
    const i = l.indexOf('=')
    return [l.slice(0, i).replace(/^export /, ''), l.slice(i + 1).replace(/^['"]|['"]$/g, '')]
  }))
  const binary = process.env.LIZHENG_BIN ?? resolve(import.meta.dirname, '../../bin/lizheng')
  execFileSync(binary, ['calendar', 'advance', duration], { env: { ...process.env, ...env } })
}

interface Axe { run: (c: Document, o: object) => Promise<{ violations: { id: string; help: string; nodes: { html: string }[] }[] }> }

/** clean holds a page to WCAG 2.1 AA, to not being wider than its window, and to cutting no text off. */
export async function clean(page: Page, where: string): Promise<void> {
  await page.evaluate(still)
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource)
  const found = await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }, resultTypes: ['violations'] })
    return violations.map((v) => `${v.id}: ${v.help}\n   ${v.nodes.slice(0, 4).map((n) => n.html.slice(0, 200)).join('\n   ')}`)
  })
  expect(found, `accessibility of ${where}`).toEqual([])
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(wide, `${where} is wider than the window`).toBeLessThanOrEqual(0)
  expect(await page.evaluate(cutOff), `text cut off on ${where}`).toEqual([])
}

/** still runs in the page: it waits until nothing fades in or out any more, for half a word has no contrast. */
async function still(): Promise<void> {
  const passing = document.getAnimations().filter((a) => a.effect?.getComputedTiming().iterations !== Infinity)
  await Promise.all(passing.map((a) => a.finished.catch(() => undefined))) // what was taken away is still, too
}

/** cutOff runs in the page: words that are there and that nobody can see whole. What scrolls, and what is for ears only, is not cut off. */
function cutOff(): string[] {
  return [...document.querySelectorAll<HTMLElement>('body *')].filter((e) => {
    if (!e.textContent?.trim() || e.closest('.sr, svg, [role=img], [aria-hidden=true]') || e.clientWidth <= 1) return false // one dot wide is for ears only
    const style = getComputedStyle(e)
    const hides = (overflow: string) => overflow === 'hidden' || overflow === 'clip'
    return (hides(style.overflowX) && e.scrollWidth > e.clientWidth + 1) || (hides(style.overflowY) && e.scrollHeight > e.clientHeight + 3)
  }).map((e) => `${e.tagName.toLowerCase()}.${e.className}: ${e.textContent?.trim().slice(0, 60)}`)
}

/** open goes to a page and waits until nothing on it is being read any more. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await settled(page)
}

export async function settled(page: Page): Promise<void> {
  await expect(page.locator('main h1').first()).toBeVisible()
  await expect(page.locator('main .skeleton, main [aria-busy=true]')).toHaveCount(0)
}

/** inBoth holds a page to being clean in both languages, and leaves it in Chinese. */
export async function inBoth(page: Page, where: string): Promise<void> {
  for (const [language, words] of [['zh-CN', where], ['en', `${where}, in English`], ['zh-CN', '']] as const) {
    if ((await page.getAttribute('html', 'lang')) !== language) await page.locator('button.lang').click()
    await expect(page.locator('html')).toHaveAttribute('lang', language)
    await settled(page)
    if (words) await clean(page, words)
  }
}

/** isoDay is a day so many days from now, as inputs take it. */
export function isoDay(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
}
