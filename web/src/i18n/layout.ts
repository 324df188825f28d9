import type { Same } from './same'

export const zh = {
  title: '社区用房布局规划', lead: '民政会同规划、发展改革部门编制五年规划，每年评估调整；经领导小组审定后施行。', publicLead: '现行布局规划：在哪里、以什么方式、何时配建社区服务用房。', none: '还没有布局规划。', noneInForce: '目前没有经审定的布局规划。', inForce: '现行规划', new: '起草新版规划', plan: '布局规划',
  period: '规划期', years: '{from}—{to}年', version: '版次', versionNo: '第{n}版', circular: '编制依据', review: '年度评估', places: '点位', community: '社区（村）', way: '配建方式', area: '建筑面积', site: '选址', year: '完成年份', note: '备注', rows: '规划点位', row: '第 {n} 处', addRow: '增加一处', removeRow: '删除第 {n} 处', sum: '共 {n} 处，{area} 平方米',
  from: '起始年份', to: '终止年份', formLead: '填写规划期和各点位；自动保存。', submit: '提交会签', submitLead: '由规划、发展改革部门会签，再报领导小组审定；审定后替代现行规划。',
}
export const en: Same<typeof zh> = {
  title: 'Layout plan of community rooms', lead: 'Civil affairs draws up a plan for five years with planning and with development and reform, and looks at it every year; the leading group approves it.', publicLead: 'The plan in force: where community rooms are to come about, how, and by when.', none: 'There is no plan yet.', noneInForce: 'No plan has been approved yet.', inForce: 'Plan in force', new: 'Draw up a new version', plan: 'Layout plan',
  period: 'Years', years: '{from} to {to}', version: 'Version', versionNo: 'version {n}', circular: 'Rests on', review: 'Yearly look', places: 'Places', community: 'Community', way: 'How', area: 'Area', site: 'Where', year: 'By', note: 'Note', rows: 'Places of the plan', row: 'Place {n}', addRow: 'Add a place', removeRow: 'Remove place {n}', sum: '{n} places, {area} m²',
  from: 'First year', to: 'Last year', formLead: 'The years and the places; saved by itself.', submit: 'Send for opinions', submitLead: 'Planning and development and reform are asked, then the leading group decides; an approved plan takes the place of the one in force.',
}
