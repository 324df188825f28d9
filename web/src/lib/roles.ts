/** The roles' names, for the places where the API gives a role without its words. */
export const roleWords: Record<string, { zh: string; en: string }> = {
  city_dept_clerk: { zh: '部门经办人', en: 'department official' }, city_dept_leader: { zh: '部门负责人', en: 'department leader' },
  city_office_clerk: { zh: '领导小组办公室经办人', en: 'leading-group office clerk' }, city_office_director: { zh: '领导小组办公室主任', en: 'leading-group office director' },
  joint_reviewer: { zh: '会审成员单位经办人', en: 'joint reviewer' }, finance_officer: { zh: '财政审核人', en: 'finance officer' }, legal_reviewer: { zh: '合法性审查人', en: 'legal reviewer' },
  leading_group_member: { zh: '领导小组成员', en: 'leading-group member' }, leading_group_chair: { zh: '领导小组组长', en: 'leading-group chair' },
  district_office: { zh: '区级经办人', en: 'district office' }, street_clerk: { zh: '街道（镇）经办人', en: 'street or town clerk' }, community_clerk: { zh: '社区经办人', en: 'community clerk' },
  planning_officer: { zh: '规划经办人', en: 'planning officer' }, construction_officer: { zh: '建设经办人', en: 'construction officer' },
  devreform_officer: { zh: '发展改革经办人', en: 'development and reform officer' }, housing_authority: { zh: '房产管理经办人', en: 'housing authority' }, developer: { zh: '建设单位', en: 'developer' }, surveyor: { zh: '测绘单位', en: 'surveyor' },
  district_assessor: { zh: '区级考评员', en: 'district assessor' }, naming_officer: { zh: '命名表彰经办人', en: 'naming officer' },
  supervisor: { zh: '监督人员', en: 'supervisor' }, sys_admin: { zh: '系统管理员', en: 'system administrator' }, sec_admin: { zh: '安全管理员', en: 'security administrator' }, auditor: { zh: '安全审计员', en: 'security auditor' },
  civil_affairs_officer: { zh: '民政经办人', en: 'civil affairs officer' }, district_leader: { zh: '区级负责人', en: 'district leader' },
}
