import { expect, test, type Page } from '@playwright/test'
import { as, clean, desk, open, phone, settled } from './people'
import { draft, form, submitted, suffix } from './request'

// Every page, in both languages and both sizes: clean under axe, nothing cut off, and no text left untranslated.
const unit = 'cz-human-resources'
test.afterEach(async ({ browser }) => {
  for (const c of browser.contexts()) await c.close()
})
let caseId = ''
let draftId = ''
let line = ''
let entry = ''

test.beforeAll(async ({ browser }) => {
  const clerk = await as(browser, 'wang.fang')
  caseId = await submitted(clerk, unit, form(`社区就业援助对象走访核实${suffix}`))
  draftId = await draft(clerk, unit, form(`灵活就业人员参保情况摸底${suffix}`))
  const lines = (await (await clerk.request.get('/api/v1/budget-lines?limit=1')).json()) as { items: { id: string }[] }
  line = lines.items[0]!.id
  const entries = (await (await clerk.request.get('/api/v1/public/entries?list=negative&limit=1')).json()) as { items: { id: string }[] }
  entry = entries.items[0]!.id
})

const pages: Record<string, () => string[]> = {
  '': () => ['/sign-in', '/public/lists', '/public/lists?list=negative', `/public/entries/${entry}`, '/public/notices', '/public/calendar', '/public/procedures', '/public/appraisals', '/nowhere'],
  'wang.fang': () => ['/desk', '/desk?tab=mine', '/desk?tab=drafts', '/desk?tab=copied', '/desk?tab=answered', '/requests/new', `/requests/${draftId}`, `/requests/${draftId}?step=money`, `/requests/${draftId}?step=review`, `/cases/${caseId}`, '/cases', '/money', `/money/${line}`, '/notices', '/profile', '/deputies', '/admin/units', '/admin/parameters', '/admin/audit'],
  'chen.jing': () => ['/desk', `/cases/${caseId}`, '/tracking', '/appraisals', '/standards', '/standards/cz-2026', '/assessments'],
  'kang.ning': () => ['/admin/accounts', '/admin/people', '/admin/units', '/admin/calendar', '/admin/parameters'],
  'an.quanming': () => ['/admin/grants'],
  'shen.ji': () => ['/admin/audit'],
}

/** What somebody may see; the one page that they may not shows so, on purpose. */
const allowed = (login: string, path: string) => !(login === 'wang.fang' && path === '/admin/audit')

// A page is read once and then shown in every language and size: what changes is what the person changes.
const views = [[false, desk], [false, phone], [true, phone], [true, desk]] as const

for (const [login, paths] of Object.entries(pages)) {
  test(`pages of ${login || 'the public'}, in both languages and sizes`, async ({ browser }) => {
    test.setTimeout(paths().length * 20_000)
    const page = await as(browser, login)
    const failures: string[] = []
    page.on('console', (m) => m.type() === 'error' && /Content Security|Refused to/.test(m.text()) && failures.push(m.text()))
    for (const path of paths()) {
      await open(page, path)
      if (!allowed(login, path)) await expect(page.locator('main [role=alert] h1')).toBeVisible()
      else await expect(page.locator('main [role=alert]'), path).toHaveCount(0)
      for (const [english, size] of views) {
        await page.setViewportSize(size)
        await speak(page, english)
        await clean(page, `${path} (${english ? 'en' : 'zh'}, ${size.width})`).catch((e: Error) => failures.push(e.message))
      }
    }
    expect(failures).toEqual([])
  })
}

/** speak puts the page into a language as the person does it, by the button at the top. */
async function speak(page: Page, english: boolean): Promise<void> {
  const language = english ? 'en' : 'zh-CN'
  if ((await page.getAttribute('html', 'lang')) !== language) await page.locator('button.lang').click()
  await expect(page.locator('html')).toHaveAttribute('lang', language)
  await settled(page)
}
