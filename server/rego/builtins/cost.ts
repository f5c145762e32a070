/** Steps that a member of a new array costs, and an entry of a new object or set: so that the budget bounds memory. */
export const MEMBER = 8;
export const ENTRY = 16;
