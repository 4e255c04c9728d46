(function () {
  const { library, params, title } = H5P.played;
  const Activity = library.split(".").reduce((place, name) => place[name], window);
  Object.entries(H5P.EventDispatcher.prototype).forEach(([name, act]) => {
    Activity.prototype[name] = Activity.prototype[name] || act;
  });
  new Activity(params, 1, { metadata: { title: title } }).attach(document.getElementById("activity"));
})();
