export const masterdataJobs = {}
