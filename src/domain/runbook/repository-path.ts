/** A YAML file of a repository that has a safe place in a folder of ours, whoever named it. */
export function isYamlPath(path: string): boolean {
  const parts = path.split('/');
  const staysInside = parts.every((part) => !['', '.', '..'].includes(part));
  return /\.ya?ml$/.test(path) && staysInside && !/[\\\0]/.test(path);
}
