import { expect, test, type Page } from '@playwright/test'
import { as, desk, password, settled } from './people'
import { form, submitted, suffix } from './request'

// The desk: how soon there is something to see, and that it needs no mouse.
const unit = 'cz-human-resources'
test.afterEach(async ({ browser }) => {
  for (const c of browser.contexts()) await c.close()
})

interface Asked { path: string; start: number; end: number; bytes: number }

/** chain is the longest row of requests of which each could only begin after the one before had ended. */
function chain(asked: Asked[]): Asked[] {
  const before = asked.map((): Asked[] => [])
  asked.sort((a, b) => a.start - b.start).forEach((a, i) => {
    const longest = before.slice(0, i).filter((_, k) => asked[k]!.end <= a.start).reduce((l, c) => (c.length > l.length ? c : l), [] as Asked[])
    before[i] = [...longest, a]
  })
  return before.reduce((l, c) => (c.length > l.length ? c : l), [] as Asked[])
}

/** seen waits for the first row of the inbox, and tells when it was there and what had been asked for until then. */
async function seen(page: Page): Promise<{ paint: number; useful: number; asked: Asked[] }> {
  await page.goto('/desk')
  await page.waitForFunction(() => 'usefulAt' in globalThis)
  return page.evaluate(() => {
    const useful = (globalThis as unknown as { usefulAt: number }).usefulAt
    const [document] = performance.getEntriesByType('navigation') as PerformanceResourceTiming[]
    const asked = [document!, ...(performance.getEntriesByType('resource') as PerformanceResourceTiming[])].filter((r) => r.responseEnd > 0 && r.startTime < useful && !/favicon|events$/.test(r.name) && r.transferSize > 0)
    return { paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0, useful,
      asked: asked.map((r) => ({ path: new URL(r.name).pathname, start: r.startTime, end: r.responseEnd, bytes: r.transferSize })) }
  })
}

test('the desk shows its first task soon, after no long chain of requests, and says how soon', async ({ browser }) => {
  await submitted(await as(browser, 'wang.fang'), unit, form(`首屏速度测试事项${suffix}`))
  const page = await as(browser, 'chen.jing')
  await page.addInitScript(() => {
    new MutationObserver((_, o) => {
      if (!document.querySelector('main table tbody tr')) return
      o.disconnect()
      requestAnimationFrame(() => Object.assign(globalThis, { usefulAt: performance.now() }))
    }).observe(document, { childList: true, subtree: true })
  })
  for (const visit of ['first visit', 'second visit, from the cache']) {
    const { paint, useful, asked } = await seen(page)
    console.log(`desk, ${visit}: first paint ${Math.round(paint)} ms, first task ${Math.round(useful)} ms, ${asked.length} requests, ${Math.round(asked.reduce((n, a) => n + a.bytes, 0) / 1024)} kB`)
    expect(useful, 'a bound for a very busy machine; on a quiet one it is under 1.5 s').toBeLessThan(15_000)
  }
  // Over a slow line, what waits for an answer before it is asked stands out from what is merely asked a little later.
  const line = await page.context().newCDPSession(page)
  await line.send('Network.enable')
  await line.send('Network.setCacheDisabled', { cacheDisabled: true })
  await line.send('Network.emulateNetworkConditions', { offline: false, latency: 600, downloadThroughput: -1, uploadThroughput: -1 })
  const row = chain((await seen(page)).asked)
  console.log(`desk, longest chain of requests: ${row.map((a) => a.path.replace('/api/v1', '')).join(' → ')}`)
  expect(row.length, 'requests of which each waits for the one before').toBeLessThanOrEqual(3)
})

test('somebody signs in, finds a task and decides it without a mouse', async ({ browser }) => {
  const title = `键盘办理测试事项${suffix}`
  await submitted(await as(browser, 'wang.fang'), unit, form(title))
  const page = await as(browser)
  const press = (key: string) => page.keyboard.press(key)
  await page.goto('/sign-in')
  await settled(page)
  await page.getByLabel('账号').focus()
  await page.keyboard.type('chen.jing')
  await press('Tab')
  await page.keyboard.type(password)
  await press('Enter')
  await expect(page).toHaveURL(/\/desk$/)
  await settled(page)
  await page.getByRole('tab', { name: '待办任务' }).focus()
  await press('ArrowRight')
  await expect(page.getByRole('tab', { name: '抄送我的' })).toBeFocused()
  await press('End')
  await expect(page.getByRole('tab', { name: '我的已办' })).toBeFocused()
  await expect(page).toHaveURL(/tab=answered/)
  await press('Home')
  await page.getByRole('table').getByRole('link', { name: title }).focus()
  await press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await page.locator('.acts').getByRole('button', { name: '登记', exact: true }).focus()
  await press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  await dialog.locator('#act-opinion').focus()
  await page.keyboard.type('已查重。')
  await press('Escape')
  await expect(dialog).toHaveCount(0)
  await page.locator('.acts').getByRole('button', { name: '登记', exact: true }).focus()
  await press('Enter')
  await expect(dialog.locator('#act-opinion'), 'what was typed is still there').toHaveValue('已查重。')
  await dialog.locator('button[type=submit]').focus()
  await press('Enter')
  await expect(page.locator('.note.good').first()).toBeVisible()
  await expect(page.locator('.time')).toContainText('已查重。')
})

test('the skip link leads past the menu, and on a phone the menu opens and closes by key', async ({ browser }) => {
  const page = await as(browser, 'chen.jing', { size: { ...desk, width: 390 } })
  await page.goto('/desk')
  await settled(page)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: '跳到正文' })).toBeFocused()
  await page.keyboard.press('Tab')
  const burger = page.getByRole('button', { name: '菜单' })
  await expect(burger).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: '进度跟踪' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: '进度跟踪' })).toBeHidden()
})
