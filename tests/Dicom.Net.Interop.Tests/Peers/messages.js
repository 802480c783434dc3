// What the other scripts tell of a message: a line of JSON.
'use strict';

exports.tell = (name, message) => console.log(JSON.stringify({
  name,
  status: message.getStatus?.(),
  sopClass: message.getAffectedSopClassUid(),
  instance: message.getAffectedSopInstanceUid(),
  type: message.getEventTypeId?.() ?? message.getActionTypeId?.(),
  comment: message.getErrorComment?.(),
  elements: message.getDataset()?.getElements(),
}));
