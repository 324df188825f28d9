import { createRouter, createWebHistory, type RouteLocation, type RouteRecordRaw } from 'vue-router'
import { i18n } from './i18n'
import DeskPage from './pages/desk/DeskPage.vue'
import { useSession, type Role } from './stores/session'

declare module 'vue-router' {
  interface RouteMeta {
    /** Anybody may see it, signed in or not. */
    open?: boolean
    /** Only holders of one of these roles; what they may do there is decided by the API. */
    roles?: Role[]
    title?: string
  }
}

export const watchers: Role[] = ['city_office_clerk', 'city_office_director', 'leading_group_member', 'leading_group_chair', 'supervisor']
export const administrators: Role[] = ['sys_admin', 'sec_admin', 'auditor']
export const outsiders: Role[] = ['developer', 'surveyor']
/** Whose answers a project takes, and who watches over them. */
export const housers: Role[] = [...watchers, 'civil_affairs_officer', 'planning_officer', 'construction_officer', 'devreform_officer', 'housing_authority', 'finance_officer', 'district_office', 'street_clerk', 'community_clerk']
/** Whoever works with rooms reads their register. */
export const keepers: Role[] = [...watchers, 'civil_affairs_officer', 'district_office', 'district_leader', 'street_clerk', 'community_clerk']
export const spenders: Role[] = [...watchers, 'city_dept_clerk', 'city_dept_leader', 'finance_officer']

/** Who takes part in the yearly appraisal, and in the assessment of the districts. */
export const appraisers: Role[] = [...watchers, 'district_office', 'district_assessor', 'street_clerk', 'community_clerk', 'joint_reviewer', 'naming_officer']
/** Whoever works for a public body reads a year and its standards; everybody else reads what was put on public notice. */
export const officials: Role[] = [
  ...watchers, 'city_dept_clerk', 'city_dept_leader', 'joint_reviewer', 'finance_officer', 'legal_reviewer', 'district_office', 'district_leader', 'district_assessor', 'street_clerk',
  'community_clerk', 'naming_officer', 'civil_affairs_officer', 'planning_officer', 'construction_officer', 'devreform_officer', 'housing_authority',
]
export const assessed: Role[] = [...watchers, 'district_office', 'city_dept_clerk', 'city_dept_leader', 'naming_officer']

const year = (to: RouteLocation) => ({ year: Number(to.params.year) })

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: { render: () => null } },
  { path: '/sign-in', name: 'sign-in', component: () => import('./pages/SignInPage.vue'), meta: { open: true, title: 'frame.signIn' } },
  { path: '/desk', name: 'desk', component: DeskPage, meta: { title: 'frame.nav.desk' } },
  { path: '/requests/new', name: 'request-new', component: () => import('./pages/request/NewRequestPage.vue'), meta: { title: 'frame.nav.newRequest', roles: ['city_dept_clerk'] } },
  { path: '/requests/:id', name: 'request', component: () => import('./pages/request/RequestPage.vue'), props: true, meta: { title: 'frame.nav.newRequest' } },
  { path: '/cases', name: 'cases', component: () => import('./pages/tracking/CasesPage.vue'), meta: { title: 'frame.nav.cases' } },
  { path: '/cases/:id', name: 'case', component: () => import('./pages/cases/CasePage.vue'), props: true, meta: { title: 'cases.title' } },
  { path: '/tracking', name: 'tracking', component: () => import('./pages/tracking/TrackingPage.vue'), meta: { title: 'frame.nav.tracking', roles: watchers } },
  { path: '/money', name: 'money', component: () => import('./pages/money/LinesPage.vue'), meta: { title: 'frame.nav.money', roles: spenders } },
  { path: '/money/:id', name: 'line', component: () => import('./pages/money/LinePage.vue'), props: true, meta: { title: 'frame.nav.money', roles: spenders } },
  { path: '/appraisals', name: 'years', component: () => import('./pages/appraisal/YearsPage.vue'), meta: { title: 'frame.nav.appraisal', roles: officials } },
  { path: '/appraisals/:year', name: 'year', component: () => import('./pages/appraisal/YearPage.vue'), props: year, meta: { title: 'frame.nav.appraisal', roles: officials } },
  { path: '/appraisals/:year/nominations', name: 'nominations', component: () => import('./pages/appraisal/NominationsPage.vue'), props: year, meta: { title: 'appraisal.nominations', roles: officials } },
  { path: '/appraisals/:year/ranking', name: 'ranking', component: () => import('./pages/appraisal/RankingPage.vue'), props: year, meta: { title: 'appraisal.ranking', roles: officials } },
  { path: '/appraisals/:year/what-if', name: 'what-if', component: () => import('./pages/appraisal/WhatIfPage.vue'), props: year, meta: { title: 'appraisal.whatIf', roles: officials } },
  { path: '/nominations/new', name: 'nomination-new', component: () => import('./pages/appraisal/DeclarePage.vue'), meta: { title: 'appraisal.declare', roles: ['community_clerk'] } },
  { path: '/nominations/:id', name: 'nomination', component: () => import('./pages/appraisal/NominationDraftPage.vue'), props: true, meta: { title: 'appraisal.declare' } },
  { path: '/nominations/:id/sheet', name: 'sheet', component: () => import('./pages/appraisal/SheetPage.vue'), props: true, meta: { title: 'appraisal.sheet' } },
  { path: '/nominations/:id/sheets', name: 'sheets', component: () => import('./pages/appraisal/ComparePage.vue'), props: true, meta: { title: 'appraisal.compare' } },
  { path: '/standards', name: 'standards', component: () => import('./pages/appraisal/StandardsPage.vue'), meta: { title: 'appraisal.standards', roles: officials } },
  { path: '/standards/:standard', name: 'standard', component: () => import('./pages/appraisal/StandardPage.vue'), props: true, meta: { title: 'appraisal.standards', roles: officials } },
  { path: '/assessments', name: 'assessments', component: () => import('./pages/assessment/AssessmentsPage.vue'), meta: { title: 'frame.nav.assessment' } },
  { path: '/assessments/:year', name: 'assessment', component: () => import('./pages/assessment/AssessmentPage.vue'), props: year, meta: { title: 'frame.nav.assessment' } },
  { path: '/assessments/:year/table', name: 'assessment-table', component: () => import('./pages/assessment/TaskTablePage.vue'), props: year, meta: { title: 'assessment.table', roles: ['city_office_clerk'] } },
  { path: '/assessments/:year/report', name: 'assessment-report', component: () => import('./pages/assessment/ReportPage.vue'), props: year, meta: { title: 'frame.nav.assessment' } },
  { path: '/assessments/:year/self', name: 'assessment-self', component: () => import('./pages/assessment/RowScoresPage.vue'), props: (to) => ({ ...year(to), self: true }), meta: { title: 'assessment.selfTitle' } },
  { path: '/assessments/:year/scores', name: 'assessment-scores', component: () => import('./pages/assessment/RowScoresPage.vue'), props: year, meta: { title: 'assessment.scoreTitle' } },
  { path: '/assessments/:year/inputs', name: 'assessment-inputs', component: () => import('./pages/assessment/InputsPage.vue'), props: year, meta: { title: 'assessment.fillInputs', roles: ['city_office_clerk'] } },
  { path: '/housing/projects', name: 'projects', component: () => import('./pages/housing/ProjectsPage.vue'), meta: { title: 'housing.title' } },
  { path: '/housing/mine', name: 'my-projects', component: () => import('./pages/housing/MyProjectsPage.vue'), meta: { title: 'housing.mine.title', roles: outsiders } },
  { path: '/housing/projects/new', name: 'project-new', component: () => import('./pages/housing/NewProjectPage.vue'), meta: { title: 'housing.form.newTitle', roles: ['devreform_officer'] } },
  { path: '/housing/projects/:id', name: 'project', component: () => import('./pages/housing/ProjectPage.vue'), props: true, meta: { title: 'housing.title' } },
  { path: '/housing/projects/:id/form', name: 'project-form', component: () => import('./pages/housing/ProjectFormPage.vue'), props: true, meta: { title: 'housing.form.title' } },
  { path: '/housing/plan-changes/new', name: 'plan-change-new', component: () => import('./pages/housing/NewChangePage.vue'), meta: { title: 'housing.form.changeTitle', roles: ['developer'] } },
  { path: '/housing/plan-changes/:id', name: 'plan-change', component: () => import('./pages/housing/PlanChangePage.vue'), props: true, meta: { title: 'housing.form.changeTitle' } },
  { path: '/stock', name: 'stock', component: () => import('./pages/stock/StockPage.vue'), meta: { title: 'stock.title' } },
  { path: '/stock/shortage', name: 'shortage', component: () => import('./pages/stock/ShortagePage.vue'), meta: { title: 'stock.shortageTitle' } },
  { path: '/stock/import', name: 'stock-import', component: () => import('./pages/stock/StockImportPage.vue'), meta: { title: 'stock.importTitle', roles: ['civil_affairs_officer'] } },
  { path: '/stock/rooms/:id', name: 'stock-room', component: () => import('./pages/stock/StockRoomPage.vue'), props: true, meta: { title: 'stock.title' } },
  { path: '/stock/supplements/new', name: 'supplement-new', component: () => import('./pages/stock/NewSupplementPage.vue'), meta: { title: 'supplement.new', roles: ['street_clerk', 'district_office'] } },
  { path: '/stock/supplements/:id', name: 'supplement', component: () => import('./pages/stock/SupplementPage.vue'), props: true, meta: { title: 'supplement.form' } },
  { path: '/housing/layouts', name: 'layouts', component: () => import('./pages/layout/LayoutsPage.vue'), meta: { title: 'layout.title' } },
  { path: '/housing/layouts/:id', name: 'layout', component: () => import('./pages/layout/LayoutPage.vue'), props: true, meta: { title: 'layout.plan', roles: ['civil_affairs_officer'] } },
  { path: '/notices', name: 'messages', component: () => import('./pages/MessagesPage.vue'), meta: { title: 'frame.notices' } },
  { path: '/profile', name: 'profile', component: () => import('./pages/ProfilePage.vue'), meta: { title: 'frame.profile' } },
  { path: '/deputies', name: 'deputies', component: () => import('./pages/DeputiesPage.vue'), meta: { title: 'frame.deputies' } },
  { path: '/public/lists', name: 'lists', component: () => import('./pages/open/ListsPage.vue'), meta: { open: true, title: 'frame.nav.catalogue' } },
  { path: '/public/entries/:id', name: 'entry', component: () => import('./pages/open/EntryPage.vue'), props: true, meta: { open: true, title: 'frame.nav.catalogue' } },
  { path: '/public/notices', name: 'public-notices', component: () => import('./pages/open/NoticesPage.vue'), meta: { open: true, title: 'frame.nav.notices' } },
  { path: '/public/layout', name: 'public-layout', component: () => import('./pages/layout/PublicLayoutPage.vue'), meta: { open: true, title: 'layout.title' } },
  { path: '/public/calendar', name: 'public-calendar', component: () => import('./pages/open/CalendarPage.vue'), meta: { open: true, title: 'frame.nav.calendar' } },
  { path: '/public/procedures', name: 'procedures', component: () => import('./pages/open/ProceduresPage.vue'), meta: { open: true, title: 'frame.nav.procedures' } },
  { path: '/public/appraisals', name: 'public-years', component: () => import('./pages/appraisal/PublicYearsPage.vue'), meta: { open: true, title: 'frame.nav.results' } },
  { path: '/public/appraisals/:year', name: 'public-year', component: () => import('./pages/appraisal/PublicYearPage.vue'), props: year, meta: { open: true, title: 'frame.nav.results' } },
  { path: '/public/appraisals/:year/titles', name: 'titles', component: () => import('./pages/appraisal/TitlesPage.vue'), props: year, meta: { open: true, title: 'appraisal.certificates' } },
  { path: '/public/assessments/:year', name: 'public-assessment', component: () => import('./pages/assessment/PublicAssessmentPage.vue'), props: year, meta: { open: true, title: 'frame.nav.assessment' } },
  { path: '/admin/accounts', name: 'accounts', component: () => import('./pages/admin/AccountsPage.vue'), meta: { title: 'frame.nav.accounts', roles: ['sys_admin'] } },
  { path: '/admin/people', name: 'people', component: () => import('./pages/admin/PeoplePage.vue'), meta: { title: 'frame.nav.people', roles: ['sys_admin'] } },
  { path: '/admin/grants', name: 'grants', component: () => import('./pages/admin/GrantsPage.vue'), meta: { title: 'frame.nav.grants', roles: ['sec_admin', 'auditor'] } },
  { path: '/admin/units', name: 'units', component: () => import('./pages/admin/UnitsPage.vue'), meta: { title: 'frame.nav.units' } },
  { path: '/admin/parameters', name: 'parameters', component: () => import('./pages/admin/ParametersPage.vue'), meta: { title: 'frame.nav.parameters' } },
  { path: '/admin/calendar', name: 'calendar-admin', component: () => import('./pages/admin/CalendarAdminPage.vue'), meta: { title: 'frame.nav.calendarAdmin', roles: ['sys_admin'] } },
  { path: '/admin/audit', name: 'audit', component: () => import('./pages/admin/AuditPage.vue'), meta: { title: 'frame.nav.audit', roles: ['auditor'] } },
  { path: '/:rest(.*)*', name: 'missing', component: () => import('./pages/MissingPage.vue'), meta: { open: true, title: 'frame.notFound.title' } },
]

export const router = createRouter({ history: createWebHistory(), routes, scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 } })

/** home is where somebody begins: at their desk, in their administration, or among the public pages. */
export function home(): { name: string } {
  const s = useSession()
  if (!s.me) return { name: 'sign-in' }
  if (s.has('sys_admin')) return { name: 'accounts' }
  if (s.has('sec_admin')) return { name: 'grants' }
  if (s.has('auditor')) return { name: 'audit' }
  if (s.has(...outsiders)) return { name: 'my-projects' }
  return { name: 'desk' }
}

const lastHome = 'lizheng.home'

router.beforeEach(async (to) => {
  const s = useSession()
  // Whoever began at the desk the last time is sent there before it is known who they are: the desk asks everything at once.
  if (to.path === '/' && !s.known && localStorage.getItem(lastHome) === 'desk') return { name: 'desk' }
  if (to.name === 'desk' && !s.known) {
    void s.load().then(() => (s.me || s.problem ? undefined : router.replace({ name: 'sign-in' })))
    return true
  }
  await s.load()
  if (to.meta.open) return true
  if (!s.me && !s.problem) return { name: 'sign-in', query: to.path === '/' ? {} : { next: to.fullPath } }
  if (s.me?.must_change && to.name !== 'profile') return { name: 'profile' }
  if (to.path !== '/' || s.problem) return true
  localStorage.setItem(lastHome, home().name)
  return home()
})

/** titleOf is the page's title; what is about one thing adds its name by itself. */
export function titleOf(key: string | undefined, thing?: string): string {
  const t = i18n.global.t
  return [thing, key ? t(key) : '', t('common.product')].filter(Boolean).join(' · ')
}
