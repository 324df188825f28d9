package civic

import "time"

// Role is what a person is in a unit. Rights hang on roles, never on persons.
type Role string

// The roles of the admission procedure and of those who watch and run it.
const (
	DeptClerk    Role = "city_dept_clerk"      // drafts and submits for a city department
	DeptLeader   Role = "city_dept_leader"     // answers for the department; hears of escalations
	OfficeClerk  Role = "city_office_clerk"    // leading-group office: registers, examines, issues
	OfficeHead   Role = "city_office_director" // leading-group office: pre-reviews, settles objections
	Reviewer     Role = "joint_reviewer"       // signs for a unit in the joint review
	Finance      Role = "finance_officer"      // signs the budget line
	Legal        Role = "legal_reviewer"       // signs for the legal office
	GroupMember  Role = "leading_group_member" // votes
	GroupChair   Role = "leading_group_chair"  // decides
	DistrictDesk Role = "district_office"      // a district's counterpart
	StreetClerk  Role = "street_clerk"         // a street's or town's desk
	Community    Role = "community_clerk"      // a community's desk: reads, is consulted, objects
	Supervisor   Role = "supervisor"           // reads everything, decides nothing
	SystemAdmin  Role = "sys_admin"            // accounts, parameters, calendar
	SecurityAdm  Role = "sec_admin"            // grants
	Auditor      Role = "auditor"              // logs

	NamingOfficer Role = "naming_officer" // names for the party committee and the government
)

// The roles of the stock of community service rooms.
const (
	CivilAffairs   Role = "civil_affairs_officer" // reviews, verifies, accepts (民政)
	DistrictLeader Role = "district_leader"       // approves for a district
)

// The roles of community service housing.
const (
	PlanningOfficer  Role = "planning_officer"     // conditions, permits, planning verification; also the land contract
	BuildingOfficer  Role = "construction_officer" // construction permit, inspections, joint acceptance
	ReformOfficer    Role = "devreform_officer"    // registers projects
	HousingAuthority Role = "housing_authority"    // presale
	Developer        Role = "developer"            // of its own projects only
	Surveyor         Role = "surveyor"             // measures the rooms of its own projects
)

// The roles of the yearly appraisal.
const (
	Assessor Role = "district_assessor" // one member of a district's panel
)

// Roles lists every role with its words; a grant for any other is refused.
var Roles = []struct {
	Role   Role
	Zh, En string
	Admin  bool // one of the three administrators: excludes the other two and all business roles (三员分立)
}{
	{DeptClerk, "部门经办人", "department official", false},
	{DeptLeader, "部门负责人", "department leader", false},
	{OfficeClerk, "领导小组办公室经办人", "leading-group office clerk", false},
	{OfficeHead, "领导小组办公室主任", "leading-group office director", false},
	{Reviewer, "会审成员单位经办人", "joint reviewer", false},
	{Finance, "财政审核人", "finance officer", false},
	{Legal, "合法性审查人", "legal reviewer", false},
	{GroupMember, "领导小组成员", "leading-group member", false},
	{GroupChair, "领导小组组长", "leading-group chair", false},
	{DistrictDesk, "区级经办人", "district office", false},
	{StreetClerk, "街道（镇）经办人", "street or town clerk", false},
	{Community, "社区经办人", "community clerk", false},
	{NamingOfficer, "命名机关经办人", "naming body's officer", false},
	{Supervisor, "监督人员", "supervisor", false},
	{CivilAffairs, "民政经办人", "civil affairs officer", false},
	{DistrictLeader, "区级负责人", "district leader", false},
	{PlanningOfficer, "自然资源和规划经办人", "planning officer", false},
	{BuildingOfficer, "住建经办人", "construction officer", false},
	{ReformOfficer, "发改经办人", "development and reform officer", false},
	{HousingAuthority, "房产管理经办人", "housing authority", false},
	{Developer, "建设单位经办人", "developer", false},
	{Surveyor, "测绘单位经办人", "surveyor", false},
	{SystemAdmin, "系统管理员", "system administrator", true},
	{SecurityAdm, "安全管理员", "security administrator", true},
	{Auditor, "安全审计员", "security auditor", true},
	{Assessor, "考评员", "assessor", false},
}

// Administers reports whether the role is one of the three administrators.
func (r Role) Administers() bool {
	return r == SystemAdmin || r == SecurityAdm || r == Auditor
}

// Known reports whether the role exists.
func (r Role) Known() bool {
	for _, known := range Roles {
		if known.Role == r {
			return true
		}
	}
	return false
}

// Seat is who is asked: a role in a unit. Everyone who holds the role there may answer,
// unless the seat names a person (a member's vote, a delegated opinion).
type Seat struct {
	Role   Role   `json:"role"`
	Unit   string `json:"unit"`
	Person string `json:"person,omitempty"`
}

// Grant says that a person holds a role in a unit for a time. It counts once a second person has confirmed it.
type Grant struct {
	ID          string     `json:"id"`
	Person      string     `json:"person"`
	Role        Role       `json:"role"`
	Unit        string     `json:"unit"`
	From        time.Time  `json:"from"`
	Until       *time.Time `json:"until,omitempty"`
	GrantedBy   string     `json:"granted_by"`
	ConfirmedBy string     `json:"confirmed_by,omitempty"`
	RevokedAt   *time.Time `json:"revoked_at,omitempty"`
	RevokedBy   string     `json:"revoked_by,omitempty"`
}

// InForce reports whether the grant counts at that instant.
func (g Grant) InForce(at time.Time) bool {
	return g.ConfirmedBy != "" && !at.Before(g.From) &&
		(g.Until == nil || at.Before(*g.Until)) && (g.RevokedAt == nil || at.Before(*g.RevokedAt))
}

// Sits reports whether the grant lets its holder answer for the seat at that instant.
func (g Grant) Sits(s Seat, at time.Time) bool {
	return g.Role == s.Role && g.Unit == s.Unit && (s.Person == "" || s.Person == g.Person) && g.InForce(at)
}

// Deputy says that one person stands in for another for a time (代理): for what is already in the inbox and for what comes.
// The deputy inherits the principal's bars, and both names go on record.
type Deputy struct {
	ID        string     `json:"id"`
	Principal string     `json:"principal"`
	Person    string     `json:"person"`
	From      time.Time  `json:"from"`
	Until     time.Time  `json:"until"`
	EndedAt   *time.Time `json:"ended_at,omitempty"`
}
