// An SCU on dcmjs-dimse: `node scu.js PORT CALLED REQUEST …`. It sends the requests, each given as JSON, one after the other over one
// association, and writes each response down as a line of JSON. Exit code 0: the association was accepted and released.
//   {"service": "CEcho"}   {"service": "CStore", "file": …}
//   {"service": "NEventReport", "sopClass": …, "instance": …, "type": …, "elements": {…}}, NAction alike
//   {"service": "NGet", "sopClass": …, "instance": …, "attributes": [keyword …]}
//   {"service": "NSet", "sopClass": …, "instance": …, "elements": {…}}, NCreate alike, NDelete without elements
'use strict';
const { Client, Dataset, log, requests } = require('dcmjs-dimse');

log.setLevel('warn');

const [port, called, ...wanted] = process.argv.slice(2);

const make = {
  CEcho: () => new requests.CEchoRequest(),
  CStore: ({ file }) => new requests.CStoreRequest(file),
  NEventReport: ({ sopClass, instance, type }) => new requests.NEventReportRequest(sopClass, instance, type),
  NGet: ({ sopClass, instance, attributes }) => new requests.NGetRequest(sopClass, instance, attributes),
  NSet: ({ sopClass, instance }) => new requests.NSetRequest(sopClass, instance),
  NAction: ({ sopClass, instance, type }) => new requests.NActionRequest(sopClass, instance, type),
  NCreate: ({ sopClass, instance }) => new requests.NCreateRequest(sopClass, instance),
  NDelete: ({ sopClass, instance }) => new requests.NDeleteRequest(sopClass, instance),
};

function write(response) {
  console.log(JSON.stringify({
    status: response.getStatus(),
    sopClass: response.getAffectedSopClassUid(),
    instance: response.getAffectedSopInstanceUid(),
    type: response.getEventTypeId?.() ?? response.getActionTypeId?.(),
    comment: response.getErrorComment(),
    elements: response.getDataset()?.getElements(),
  }));
}

const client = new Client();
for (const text of wanted) {
  const description = JSON.parse(text);
  const request = make[description.service](description);
  if (description.elements) {
    request.setDataset(new Dataset(description.elements));
  }

  request.on('response', write);
  client.addRequest(request);
}

process.exitCode = 1;
client.on('associationReleased', () => (process.exitCode = 0));
client.on('associationRejected', ({ result, source, reason }) => console.log(`Rejected: ${result}, ${source}, ${reason}`));
client.on('networkError', (error) => {
  console.log(error.message);
  process.exit(1);
});
client.send('127.0.0.1', Number(port), 'DCMJS', called);
