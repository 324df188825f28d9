/** The functional rooms of the register, in the order in which they are shown. */
export const roomUses = ['community_service', 'governance', 'police', 'civil_affairs', 'social_security', 'family_planning', 'disabled', 'office', 'meeting', 'party', 'social_organisations',
  'culture_education', 'rehabilitation', 'elderly_care', 'training', 'reading', 'sports', 'children', 'property_management'] as const
export const roomStates = ['in_use', 'vacant', 'misused', 'rectifying', 'demolished'] as const
export const roomStations = ['management_service', 'social_organisation', 'residents_activity'] as const
export const roomOrigins = ['project', 'purchase', 'lease', 'replacement', 'integration', 'existing'] as const
export const roomPapers = ['ownership', 'use_right', 'lease', 'none'] as const
/** The ways to make up the stock. */
export const supplyMeans = ['project', 'purchase', 'replacement', 'lease', 'integration'] as const
