/** Props that a mounted component follows when they are assigned to. Arrays inside stay as they are. */
export function reactive<Props extends object>(props: Props): Props {
  const state = $state.raw({ now: props });
  return new Proxy(props, {
    get: (_, key) => Reflect.get(state.now, key),
    set: (_, key, value) => {
      state.now = { ...state.now, [key]: value };
      return true;
    },
    has: (_, key) => key in state.now,
    ownKeys: () => Reflect.ownKeys(state.now),
    getOwnPropertyDescriptor: (_, key) => Object.getOwnPropertyDescriptor(state.now, key),
  });
}
