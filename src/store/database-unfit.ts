// The error for a database, server or data folder that Koshin must not start with.

/** Says why the program refuses to start; written for the engineer who starts it, never for customers. */
export class DatabaseUnfit extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DatabaseUnfit';
  }
}
